package org.postern.gateway.audit;

import io.github.bucket4j.Bucket;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.MailAudit;
import org.postern.gateway.token.CheckedToken;

/**
 * Tells of logins, logouts and refusals on {@code mail.audit.v1}: who by a keyed hash, what by a stable word, no address
 * and no token. Refusals cost whoever is refused nothing, so that of them no more are told than fifty a second (five
 * hundred at once); how many were not is in {@link #untold()}.
 */
public final class AuditTrail {
    private static final String UNKNOWN = "unknown";
    private static final int AT_ONCE = 500;
    private static final int EACH_SECOND = 50;

    private final AuditLog log;
    private final @Nullable RecipientHashKey key;
    private final Clock clock;
    private final AtomicLong untold = new AtomicLong();
    private final Bucket refusals = Bucket.builder()
            .addLimit(limit -> limit.capacity(AT_ONCE).refillGreedy(EACH_SECOND, Duration.ofSeconds(1)))
            .build();

    /**
     * A trail.
     *
     * @param key what the services call people by in events; null: nobody is told apart
     */
    public AuditTrail(AuditLog log, @Nullable RecipientHashKey key, Clock clock) {
        this.log = log;
        this.key = key;
        this.clock = clock;
    }

    /** Somebody did it; null where nobody was named. */
    public void did(AuditedAct act, @Nullable String subject, @Nullable String target, @Nullable String detail) {
        tell(act, AuditOutcome.DONE, Tenant.DEFAULT, subject, target, detail);
    }

    /** Somebody with a token did it. */
    public void did(AuditedAct act, CheckedToken who, @Nullable String target, @Nullable String detail) {
        tell(act, AuditOutcome.DONE, tenant(who), who.claims().subject(), target, detail);
    }

    /**
     * A call was not let in.
     *
     * @param who whose token it was; null where there was no good one
     * @param route which call
     * @param reason a stable word
     */
    public void refused(@Nullable CheckedToken who, String route, String reason) {
        if (!refusals.tryConsume(1)) {
            untold.incrementAndGet();
            return;
        }
        tell(
                AuditedAct.CALL_REFUSED,
                AuditOutcome.REFUSED,
                who == null ? Tenant.DEFAULT : tenant(who),
                who == null ? null : who.claims().subject(),
                route,
                reason);
    }

    /** How many refusals were too many to be told. */
    public long untold() {
        return untold.get();
    }

    private static Tenant tenant(CheckedToken who) {
        try {
            return Tenant.of(who.claims().tenant());
        } catch (MalformedValueException e) {
            return Tenant.DEFAULT;
        }
    }

    private void tell(
            AuditedAct act,
            AuditOutcome outcome,
            Tenant tenant,
            @Nullable String subject,
            @Nullable String target,
            @Nullable String detail) {
        String actor = subject == null || key == null
                ? UNKNOWN
                : key.hashSubject(tenant, subject).value();
        log.append(new MailAudit(
                new EventId(UUID.randomUUID()), tenant, actor, act, outcome, null, target, detail, clock.instant()));
    }
}
