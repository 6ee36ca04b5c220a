package org.postern.message.outlet;

import java.time.Instant;
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

    /**
     * Whether anybody wants events. Where nobody does, they are passed over without being read.
     *
     * @param told when the newest of them was told
     */
    default boolean isWanted(Instant told) {
        return true;
    }
}
