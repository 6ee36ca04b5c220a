package org.postern.push.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.push.subscription.SubscriptionId;

/**
 * The pushes that were given up: one a device. Every method throws {@link org.postern.push.DatabaseAwayException} where the
 * database is away.
 */
public interface DeadPushes {
    /**
     * Some of them, in the order of their subscriptions.
     *
     * @param after the last one of the page before; null for the first page
     */
    List<DeadPush> list(Tenant tenant, int most, @Nullable SubscriptionId after);

    /** Sends one on its way again, with the states as they are now; whether there was one. */
    boolean redrive(Tenant tenant, SubscriptionId subscription, Instant now);

    /** Sends all of a tenant's on their way again; how many. */
    int redriveAll(Tenant tenant, Instant now);

    /** Forgets one; whether there was one. */
    boolean forget(Tenant tenant, SubscriptionId subscription);

    /** Forgets those that were given up before a moment; how many. */
    int clear(Instant before);
}
