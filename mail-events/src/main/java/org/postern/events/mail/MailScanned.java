package org.postern.events.mail;

import java.time.Instant;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

/**
 * A scan of a message ended. There may be several: a definite answer outweighs an inconclusive one, and of two definite
 * ones the higher attempt counts.
 *
 * @param attempt 1 for the first answer, rising
 * @param result what it came to
 * @param at when it ended
 */
public record MailScanned(MessageId messageId, Tenant tenant, int attempt, ScanResult result, Instant at)
        implements MailEvent {
    public MailScanned {
        if (attempt < 1) {
            throw new MalformedValueException("mail scanned", "attempt must be 1 or more");
        }
    }

    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.scanned", "attempt-" + attempt);
    }
}
