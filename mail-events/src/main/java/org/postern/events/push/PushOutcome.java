package org.postern.events.push;

import java.time.Instant;
import org.postern.events.EventId;
import org.postern.events.Tenant;

/**
 * How one push to one device ended.
 *
 * @param subscription the id of the subscription
 * @param push the id of what was pushed, so that a repetition is recognised
 */
public record PushOutcome(
        Tenant tenant,
        AccountId account,
        String subscription,
        EventId push,
        PushChannel channel,
        PushResult result,
        Instant at)
        implements PushEvent {
    @Override
    public EventId id() {
        return EventId.named("push.outcome", subscription + "/" + push + "/" + result.word());
    }
}
