package org.postern.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Token buckets: one for each caller, one more for each caller on each route that has a quota of its own, and one for the
 * bad tokens of each address. This replica counts for itself: behind N replicas a caller gets up to N times as much.
 */
public final class Quotas {
    private static final long MOST_BUCKETS = 200_000;

    private final Quota perCaller;
    private final Map<String, Quota> perTenant;
    private final Map<String, Quota> perRoute;
    private final Quota perAddress;
    private final Quota signed;
    private final Cache<Key, Bucket> buckets;

    private record Key(String what, String whose) {}

    /**
     * Quotas.
     *
     * @param perCaller for all requests of one subject
     * @param perTenant instead of that for the subjects of a tenant, by its name
     * @param perRoute for the requests of one subject to one route, by method and path
     * @param perAddress for the requests from one address that bring no good token, and for the logouts that it tells of
     * @param signed for the requests from one address whose signed address lets them in
     */
    public Quotas(
            Quota perCaller,
            Map<String, Quota> perTenant,
            Map<String, Quota> perRoute,
            Quota perAddress,
            Quota signed) {
        this.perCaller = perCaller;
        this.perTenant = Map.copyOf(perTenant);
        this.perRoute = Map.copyOf(perRoute);
        this.perAddress = perAddress;
        this.signed = signed;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterAccess(Duration.ofMinutes(30))
                .build();
    }

    /** Takes one request of a caller to a route. */
    public Taken take(String caller, String tenant, String route) {
        Quota general = perTenant.getOrDefault(tenant, perCaller);
        Taken taken = take(new Key("", caller), general);
        Quota special = perRoute.get(route);
        if (special == null || !taken.granted()) {
            return taken;
        }
        Taken onRoute = take(new Key(route, caller), special);
        return !onRoute.granted() || onRoute.remaining() < taken.remaining() ? onRoute : taken;
    }

    /** Takes one request of an address that needs no token. */
    public Taken takeSigned(String address) {
        return take(new Key("$", address), signed);
    }

    /** Takes one logout that an address tells of without a token. */
    public Taken takeLogout(String address) {
        return take(new Key("logout", address), perAddress);
    }

    /** Whether an address, or a session, has sent so many bad tokens that none of it is looked at for now. */
    public Taken look(String whose) {
        Bucket bucket = bucket(new Key("!", whose), perAddress);
        var estimate = bucket.estimateAbilityToConsume(1);
        return new Taken(
                estimate.canBeConsumed(),
                perAddress,
                estimate.getRemainingTokens(),
                seconds(estimate.getNanosToWaitForRefill()));
    }

    /** Notes a bad token of an address, or of a session. */
    public void bad(String whose) {
        bucket(new Key("!", whose), perAddress).tryConsume(1);
    }

    private Taken take(Key key, Quota quota) {
        ConsumptionProbe probe = bucket(key, quota).tryConsumeAndReturnRemaining(1);
        long wait = probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
        return new Taken(probe.isConsumed(), quota, probe.getRemainingTokens(), seconds(wait));
    }

    private Bucket bucket(Key key, Quota quota) {
        return buckets.get(key, ignored -> Bucket.builder()
                .addLimit(limit -> limit.capacity(quota.requests()).refillGreedy(quota.requests(), quota.window()))
                .build());
    }

    private static long seconds(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
    }

    /**
     * What became of a request.
     *
     * @param granted whether it may go on
     * @param quota of which it was taken
     * @param remaining how many more may come at once
     * @param seconds until the quota is whole again, or, where it was not granted, until the next may come
     */
    public record Taken(boolean granted, Quota quota, long remaining, long seconds) {}
}
