package org.postern.message.quarantine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postern.events.ContentHash;
import org.postern.events.EventId;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

/**
 * Passes of released messages. A pass stands in the header field {@link #FIELD} on top of the message. It is bound to the
 * octets below it, so that fields which a mail server puts above do not matter and no other message can use it, and to the
 * recipients it was written for. It is good for a while and, by {@link #redeem}, once for each of them.
 */
public final class ReleasePasses {
    /** The header field. */
    public static final String FIELD = "X-Postern-Release";

    /** The most recipients of one pass: it has to fit into a line of 998 octets (RFC 5322, 2.1.1). */
    static final int MOST_RECIPIENTS = 16;

    private static final int PARTS = 6;

    private final Seal seal;
    private final Seal marks;
    private final Clock clock;
    private final Duration validity;
    private final Used used;

    /** The passes that were used. Blocks. */
    @FunctionalInterface
    public interface Used {
        /** Notes uses, all or none, and says whether each was the first. */
        boolean first(List<EventId> uses, Instant at);
    }

    /**
     * What a pass lets through.
     *
     * @param message the message as it was first taken in
     */
    public record Pass(MessageId message) {}

    /** @param secret the installation's secret, 32 bytes */
    public ReleasePasses(byte[] secret, Clock clock, Duration validity, Used used) {
        this.seal = new Seal(secret, "release-pass/v2");
        this.marks = new Seal(secret, "release-pass-recipient/v1");
        this.clock = clock;
        this.validity = validity;
        this.used = used;
    }

    /**
     * A pass, as the field's value. Each is another one: a mail server that did not take the message in the end is given a
     * new one the next time.
     *
     * @param below the hash of the octets below the field
     */
    String write(Tenant tenant, MessageId message, List<MailAddress> recipients, ContentHash below) {
        if (recipients.isEmpty() || recipients.size() > MOST_RECIPIENTS) {
            throw new IllegalArgumentException("a pass has 1 to " + MOST_RECIPIENTS + " recipients");
        }
        return seal.seal(String.join(
                "|",
                tenant.value(),
                UUID.randomUUID().toString(),
                message.toString(),
                clock.instant().plus(validity).toString(),
                below.hex(),
                recipients.stream().map(this::mark).collect(Collectors.joining(","))));
    }

    /** Whether that is a pass of ours which is still good, whatever it is for. */
    public boolean isOurs(Tenant tenant, String value) {
        return opened(tenant, value).isPresent();
    }

    /**
     * What a claim lets through to these recipients, and it is used up for them then.
     *
     * @return empty where the pass is forged, over, used, of another mail, or not for one of the recipients
     */
    public Optional<Pass> redeem(Tenant tenant, WatchedBody.Claim claim, List<MailAddress> recipients) {
        Optional<String[]> opened = opened(tenant, claim.pass())
                .filter(parts -> parts[4].equals(claim.below().hex()));
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = opened.get();
        MessageId message = MessageId.of(parts[2]);
        Set<String> written = Arrays.stream(parts[5].split(",")).collect(Collectors.toSet());
        List<EventId> uses = new ArrayList<>();
        for (MailAddress recipient : recipients) {
            String mark = mark(recipient);
            if (!written.contains(mark)) {
                return Optional.empty();
            }
            uses.add(EventId.of(message, "release-pass", parts[1] + "/" + mark));
        }
        return used.first(uses, clock.instant()) ? Optional.of(new Pass(message)) : Optional.empty();
    }

    private Optional<String[]> opened(Tenant tenant, String value) {
        return seal.open(value)
                .map(text -> text.split("\\|"))
                .filter(parts -> parts.length == PARTS
                        && parts[0].equals(tenant.value())
                        && !Instant.parse(parts[3]).isBefore(clock.instant()));
    }

    /** A recipient, so that the pass names none. */
    private String mark(MailAddress recipient) {
        return marks.mark(recipient.folded());
    }
}
