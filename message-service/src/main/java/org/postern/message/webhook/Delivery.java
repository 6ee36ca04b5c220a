package org.postern.message.webhook;

import java.time.Instant;
import org.postern.events.EventId;

/**
 * An event for one webhook.
 *
 * @param body what is sent
 * @param since when it began to wait, or was last redriven
 * @param attempts how often it was tried, this time included
 */
public record Delivery(Webhook webhook, EventId event, String body, Instant since, int attempts) {
    /** Without what it says. */
    @Override
    public String toString() {
        return "Delivery[" + webhook.id() + ", " + event + "]";
    }
}
