package org.postern.events.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

/**
 * A scan of a message ended. There may be several: a definite answer outweighs an inconclusive one, and of two definite
 * ones the higher attempt counts.
 *
 * <p>A message that comes again after a crash is scanned again. With the same signatures that is the same event; with others it
 * is another one, since it may say something else, and who takes each event once must not miss that.
 *
 * @param attempt 1 for the first answer, rising
 * @param result what it came to
 * @param at when it ended
 * @param rescan why the message was scanned again, with other signatures, after it had its verdict; told only where the
 *     verdict changed. Null for the scan that a received message gets. The attempt of a re-scan is higher than every
 *     attempt before it, without being the next number
 */
public record MailScanned(
        MessageId messageId,
        Tenant tenant,
        int attempt,
        ScanResult result,
        Instant at,
        @Nullable Rescan rescan) implements MailEvent {
    public MailScanned {
        if (attempt < 1) {
            throw new MalformedValueException("mail scanned", "attempt must be 1 or more");
        }
    }

    /** The scan that a received message gets. */
    public MailScanned(MessageId messageId, Tenant tenant, int attempt, ScanResult result, Instant at) {
        this(messageId, tenant, attempt, result, at, null);
    }

    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.scanned", occurrence());
    }

    private String occurrence() {
        if (rescan != null) {
            return "rescan-" + attempt + "-" + rescan.signatures();
        }
        String signatures = result.engine().signatures();
        return "attempt-" + attempt + (signatures == null ? "" : "-" + signatures);
    }
}
