package org.postern.push.delivery;

import java.time.Instant;
import org.postern.events.EventId;
import org.postern.push.subscription.DeviceSubscription;

/**
 * A push whose time has come.
 *
 * @param content what the device has not been told yet, the newest state of each type, as far as one push has room
 * @param version of what waits for the device; whoever settles the push settles this and nothing that came later
 * @param merged how many changes are in it
 * @param attempts how often it was tried before
 * @param since when the first part of the content came
 * @param before the pace of the device before this push was taken off
 * @param spent whether it is the last one that the device's budget allows for now
 */
public record DuePush(
        DeviceSubscription subscription,
        PushContent content,
        long version,
        int merged,
        int attempts,
        Instant since,
        Pace before,
        boolean spent) {
    /** The id of this push, the same each time it is tried. */
    public EventId id() {
        return EventId.named("push.send", subscription.id() + "/" + since.toEpochMilli() + "/" + version);
    }
}
