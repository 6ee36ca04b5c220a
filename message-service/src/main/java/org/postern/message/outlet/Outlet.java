package org.postern.message.outlet;

import java.util.List;

/** Takes events that leave the suite. */
@FunctionalInterface
public interface Outlet {
    /**
     * Takes events, in the order of each message. When this returns they are safe: they are not given again but after a
     * crash. What is thrown has all of them given again.
     *
     * @throws OutletUnavailableException where they cannot be taken now
     */
    void take(List<ToldEvent> events) throws OutletUnavailableException;
}
