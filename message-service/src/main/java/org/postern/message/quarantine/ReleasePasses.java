package org.postern.message.quarantine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postern.events.ContentHash;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

/**
 * Passes of released messages. A pass stands in the header field {@link #FIELD} on top of the message, and is bound to the
 * bytes below it: fields that a mail server puts above do not matter, and no other message can use it. It is good for a
 * while and, by {@link #redeem}, once.
 */
public final class ReleasePasses {
    /** The header field. */
    public static final String FIELD = "X-Postern-Release";

    private static final int PARTS = 5;

    private final Seal seal;
    private final Clock clock;
    private final Duration validity;
    private final Used used;

    /** The passes that were used. Blocks. */
    @FunctionalInterface
    public interface Used {
        /** Notes one, and says whether this was the first time. */
        boolean first(EventId pass, Instant at);
    }

    /**
     * What a pass lets through.
     *
     * @param message the message as it was first taken in
     */
    public record Pass(EventId id, MessageId message) {}

    /** @param secret the installation's secret, 32 bytes */
    public ReleasePasses(byte[] secret, Clock clock, Duration validity, Used used) {
        this.seal = new Seal(secret, "release-pass/v1");
        this.clock = clock;
        this.validity = validity;
        this.used = used;
    }

    /** The pass of a release, as the field's value. */
    public String write(Tenant tenant, Release release, ContentHash body) {
        Instant end = clock.instant().plus(validity);
        return seal.seal(String.join(
                "|",
                tenant.value(),
                release.id().toString(),
                release.message().toString(),
                end.toString(),
                body.hex()));
    }

    /**
     * What a pass lets through, and it is used up then.
     *
     * @param below the hash of the bytes below the field's line
     */
    public Optional<Pass> redeem(Tenant tenant, String value, ContentHash below) {
        String[] parts = seal.open(value.strip()).orElse("").split("\\|");
        if (parts.length != PARTS
                || !parts[0].equals(tenant.value())
                || !parts[4].equals(below.hex())
                || Instant.parse(parts[3]).isBefore(clock.instant())) {
            return Optional.empty();
        }
        Pass pass = new Pass(EventId.of(parts[1]), MessageId.of(parts[2]));
        return used.first(pass.id(), clock.instant()) ? Optional.of(pass) : Optional.empty();
    }
}
