package org.postern.message.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postern.events.Tenant;

/** The webhooks. Every method blocks and throws {@code LedgerUnavailableException} when they are away. */
public interface Webhooks {
    /** Those of a tenant, the oldest first. */
    List<Webhook> of(Tenant tenant);

    Optional<Webhook> find(Tenant tenant, UUID id);

    /**
     * Adds one.
     *
     * @param most how many a tenant may have
     * @return whether there was room
     */
    boolean add(Webhook webhook, int most);

    /** Takes one away, with what waits for it. */
    boolean remove(Tenant tenant, UUID id);

    /** Gives one a new secret; the one before it signs too until then. */
    Optional<Webhook> renewSecret(Tenant tenant, UUID id, Instant previousUntil);

    /** Puts one that was suspended, or is left alone, in force again at once. */
    Optional<Webhook> resume(Tenant tenant, UUID id);

    /** Suspends one; what waits for it goes on waiting. */
    void suspend(Tenant tenant, UUID id, Webhook.Suspension why, Instant now);

    /** Those in force for which something is due and which are not left alone. */
    List<Webhook> withSomethingDue(Instant now);
}
