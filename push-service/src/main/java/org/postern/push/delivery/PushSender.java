package org.postern.push.delivery;

import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;

/** A kind of channel to devices. */
public interface PushSender {
    /**
     * Checks that pushes could go there, before anything is kept of it. Blocks.
     *
     * @throws RefusedDestinationException where they could not
     */
    void check(Destination destination) throws RefusedDestinationException;

    /** Sends one push, once. Blocks for seconds at most and never throws: what went wrong is in the result. */
    SendResult send(DeviceSubscription subscription, PushContent content);
}
