package org.postern.message.quarantine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.Reason;
import org.postern.events.mail.ScanVerdict;

/**
 * A judged message as one of its recipients would have it.
 *
 * @param senderDomain the domain of the envelope's sender; empty for the null sender
 * @param size of the body in bytes
 * @param handed what was last answered for this recipient; null while nothing was
 * @param releasedAt when it was released to this recipient; null where it was not
 */
public record Entry(
        MessageId id,
        Instant receivedAt,
        MailAddress recipient,
        String senderDomain,
        Disposition disposition,
        ScanVerdict verdict,
        MailClass mailClass,
        int revision,
        List<Reason> reasons,
        long size,
        @Nullable Disposition handed,
        @Nullable Instant releasedAt) {
    public Entry {
        reasons = List.copyOf(reasons);
    }

    /** Whether it was kept from the recipient's inbox and may be released. */
    public boolean isHeld() {
        return switch (disposition) {
            case QUARANTINE, REJECT, DEFER, JUNK -> releasedAt == null;
            case DELIVER, DELIVER_WITH_WARNING -> offersRelease();
        };
    }

    /** Whether it was answered that it is held, and a later look found that it need not be. */
    public boolean offersRelease() {
        return switch (disposition) {
            case DELIVER, DELIVER_WITH_WARNING, JUNK -> handed == Disposition.QUARANTINE && releasedAt == null;
            case QUARANTINE, REJECT, DEFER -> false;
        };
    }

    /** Where it stands in the order of pages. */
    public Position position() {
        return new Position(receivedAt, id, recipient.value());
    }

    /**
     * A place in the order of pages, which goes by time and from the newest on.
     *
     * @param recipient as it was given
     */
    public record Position(Instant receivedAt, MessageId id, String recipient) {
        @Override
        public String toString() {
            return "Position[" + id + "]";
        }
    }
}
