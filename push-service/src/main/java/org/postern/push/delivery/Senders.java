package org.postern.push.delivery;

import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;

/** The channels that there are, as one. */
public record Senders(PushSender webPush, PushSender firebase) implements PushSender {
    @Override
    public void check(Destination destination) throws RefusedDestinationException {
        sender(destination).check(destination);
    }

    @Override
    public SendResult send(DeviceSubscription subscription, PushContent content) {
        return sender(subscription.destination()).send(subscription, content);
    }

    private PushSender sender(Destination destination) {
        return switch (destination) {
            case Destination.WebPush there -> webPush;
            case Destination.Firebase there -> firebase;
            case Destination.Lost there -> new LostDestination();
        };
    }
}
