package org.postern.message.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.events.EventId;
import org.postern.events.Tenant;
import org.postern.message.outlet.ToldEvent;

/**
 * What waits for webhooks, and what was given up. Every method blocks and throws {@code LedgerUnavailableException} when
 * it is away.
 */
public interface Deliveries {
    /**
     * Keeps events for every webhook that wants them, once each.
     *
     * @return how many deliveries that makes
     */
    int keep(List<ToldEvent> events, Instant now);

    /** Whether there is a webhook that may want what was told until then; of an event of later nothing is said. */
    boolean isAwaited(Instant told);

    /** Takes the next that is due for a webhook and nobody has in hand; another has it when the lease is over. */
    Optional<Delivery> take(Webhook webhook, Duration lease, Instant now);

    /** It was taken. */
    void delivered(Delivery delivery, Instant now);

    /**
     * It is to be tried again.
     *
     * @param due when
     * @param reason a code
     * @param restUntil until when the endpoint is left alone; null where it is not to blame
     */
    void retry(Delivery delivery, Instant due, String reason, @Nullable Instant restUntil);

    /** It is given up; the endpoint is left alone until then. */
    void giveUp(Delivery delivery, String reason, Instant now, @Nullable Instant restUntil);

    /** Those that were given up, by the order of their ids. */
    List<Dead> dead(Tenant tenant, UUID webhook, @Nullable EventId after, int most);

    /**
     * Has what was given up tried again.
     *
     * @param only that one; null for all
     * @return how many
     */
    int redrive(Tenant tenant, UUID webhook, @Nullable EventId only, Instant now);

    /** How many wait for a webhook and how many were given up. */
    Counts counts(Tenant tenant, UUID webhook);

    /** Makes due what waits until after that, as a clock that was ahead had it, and leaves no webhook alone for longer. */
    void waitNoLongerThan(Instant tooFar, Instant now);

    /**
     * Gives up what is older than that and still waits, forgets what was settled before that, and of more dead letters than that
     * the oldest. Suspends webhooks for which more wait than that, and gives up the older half of it: whoever is resumed then has
     * room again, and can have it redriven.
     */
    void tidy(Instant tooOld, Instant forgetDelivered, Instant forgetDead, int mostWaiting, Instant now);

    /** An event that was given up, without what it says. */
    record Dead(EventId event, String topic, Instant since, int attempts, String reason, Instant at) {}

    /** How many. */
    record Counts(long waiting, long dead) {}
}
