package org.postern.push.delivery;

import java.time.Instant;
import org.postern.events.EventId;
import org.postern.push.subscription.DeviceSubscription;

/**
 * A push whose time has come.
 *
 * @param content all that the device has not been told yet, the newest state of each type
 * @param version counts what was added to the content; whoever settles the push settles this much of it
 * @param attempts how often it was tried before
 * @param since when the first part of the content came
 */
public record DuePush(DeviceSubscription subscription, PushContent content, long version, int attempts, Instant since) {
    /** The id of this push, the same each time it is tried. */
    public EventId id() {
        return EventId.named("push.send", subscription.id() + "/" + since.toEpochMilli() + "/" + version);
    }
}
