package org.postern.message.digest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.message.quarantine.Seal;

/** Links in digests: sealed, for one message and one of its recipients, whom they do not name. */
public final class DigestLinks {
    private static final int PARTS = 4;

    private final Seal seal;
    private final Seal marks;
    private final Clock clock;
    private final Duration validity;

    /** @param secret the installation's secret, 32 bytes */
    public DigestLinks(byte[] secret, Clock clock, Duration validity) {
        this.seal = new Seal(secret, "digest-link/v1");
        this.marks = new Seal(secret, "digest-link-recipient/v1");
        this.clock = clock;
        this.validity = validity;
    }

    /**
     * What a link is for.
     *
     * @param mark stands for the recipient
     * @param end until when it is good
     */
    public record Link(Tenant tenant, MessageId message, String mark, Instant end) {}

    /** When a link that is written now ends. */
    public Instant end() {
        return clock.instant().plus(validity);
    }

    /** The token of a link. */
    public String write(Tenant tenant, MessageId message, MailAddress recipient) {
        return seal.seal(String.join("|", tenant.value(), message.toString(), mark(recipient), end().toString()));
    }

    /** What a token is for; empty where it is none of ours. */
    public Optional<Link> read(String token) {
        return seal.open(token)
                .map(text -> text.split("\\|"))
                .filter(parts -> parts.length == PARTS)
                .map(parts -> new Link(Tenant.of(parts[0]), MessageId.of(parts[1]), parts[2], Instant.parse(parts[3])));
    }

    /** Whether a link is not good any more. */
    public boolean isOver(Link link) {
        return link.end().isBefore(clock.instant());
    }

    /** Whether a link was written for that recipient. */
    public boolean isFor(Link link, MailAddress recipient) {
        return link.mark().equals(mark(recipient));
    }

    private String mark(MailAddress recipient) {
        return marks.mark(recipient.folded());
    }
}
