package org.postern.push.delivery;

import java.time.Instant;
import java.util.Set;
import org.postern.events.push.PushChannel;
import org.postern.push.subscription.SubscriptionId;

/**
 * A push that was given up.
 *
 * @param subscription whose device does not know
 * @param types what it does not know the state of
 * @param reason the last answer, as a short stable word
 * @param attempts how often it was tried
 * @param since when the first part of it came
 * @param at when it was given up
 */
public record DeadPush(
        SubscriptionId subscription,
        PushChannel channel,
        Set<String> types,
        String reason,
        int attempts,
        Instant since,
        Instant at) {
    public DeadPush {
        types = Set.copyOf(types);
    }
}
