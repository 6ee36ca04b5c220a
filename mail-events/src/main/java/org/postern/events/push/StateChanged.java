package org.postern.events.push;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.Tenant;

/**
 * The state of an account changed (RFC 8620, section 7.1).
 *
 * @param changed the new opaque state of each type that changed, for instance {@code EmailDelivery}
 */
public record StateChanged(Tenant tenant, AccountId account, Map<String, String> changed, Instant at)
        implements PushEvent {
    public StateChanged {
        changed = Map.copyOf(changed);
        if (changed.isEmpty()) {
            throw new MalformedValueException("state change", "must name one type at least");
        }
    }

    @Override
    public EventId id() {
        return EventId.named("push.state-changed", tenant + "/" + account + "/" + new TreeMap<>(changed));
    }
}
