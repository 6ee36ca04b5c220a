package org.postern.push.delivery;

import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;

/** What is done for a device that cannot be reached because the key of its destination is missing. */
record LostDestination() implements PushSender {
    @Override
    public void check(Destination destination) throws RefusedDestinationException {
        throw new RefusedDestinationException("destination-lost", "kind", "The destination cannot be read.");
    }

    @Override
    public SendResult send(DeviceSubscription subscription, PushContent content) {
        // It goes to the dead letters, from where it can be redriven once the key is back.
        return new SendResult.Refused("destination-lost");
    }
}
