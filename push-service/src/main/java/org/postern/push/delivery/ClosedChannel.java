package org.postern.push.delivery;

import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;

/** A channel that this installation has not set up. */
public record ClosedChannel(String field, String sentence) implements PushSender {
    @Override
    public void check(Destination destination) throws RefusedDestinationException {
        throw new RefusedDestinationException("channel-unavailable", field, sentence);
    }

    @Override
    public SendResult send(DeviceSubscription subscription, PushContent content) {
        // Subscribed while the channel was open. It may be opened again.
        return new SendResult.TryLater("channel-unavailable", null, false);
    }
}
