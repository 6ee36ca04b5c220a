package org.postern.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets: one for each caller, one more for each caller on each route that has a quota of its own, one for all callers
 * of a tenant that has one, and one for the bad tokens of each address. Of a tenant's is taken last, so that nobody uses it
 * up by what he himself is refused. This replica counts for itself, so that behind N replicas a caller gets up to N times as much,
 * unless the buckets of callers are shared. Then one is taken of both, and the narrower of the two decides: what this replica
 * alone has given out cannot be left in the shared bucket, and where that is away nothing begins anew.
 */
public final class Quotas {
    private static final long MOST_BUCKETS = 200_000;
    private static final String TENANT = "tenant";

    private final Quota perCaller;
    private final Map<String, Quota> perTenant;
    private final Map<String, Quota> perWholeTenant;
    private final Map<String, Quota> perRoute;
    private final Quota perAddress;
    private final Quota signed;
    private final @Nullable SharedBuckets shared;
    private final Cache<Key, Bucket> buckets;

    private record Key(String what, String whose) {}

    /** Quotas of this replica alone, and of no whole tenant. */
    public Quotas(
            Quota perCaller,
            Map<String, Quota> perTenant,
            Map<String, Quota> perRoute,
            Quota perAddress,
            Quota signed) {
        this(perCaller, perTenant, Map.of(), perRoute, perAddress, signed, null);
    }

    /**
     * Quotas.
     *
     * @param perCaller for all requests of one subject
     * @param perTenant instead of that for the subjects of a tenant, by its name
     * @param perWholeTenant beside those, for all requests of all subjects of a tenant together, by its name
     * @param perRoute for the requests of one subject to one route, by method and path
     * @param perAddress for the requests from one address that bring no good token, and for the logouts that it tells of
     * @param signed for the requests from one address whose signed address lets them in
     * @param shared of callers and tenants, for all their requests and for those to one route; null where replicas share nothing
     */
    public Quotas(
            Quota perCaller,
            Map<String, Quota> perTenant,
            Map<String, Quota> perWholeTenant,
            Map<String, Quota> perRoute,
            Quota perAddress,
            Quota signed,
            @Nullable SharedBuckets shared) {
        this.perCaller = perCaller;
        this.perTenant = Map.copyOf(perTenant);
        this.perWholeTenant = Map.copyOf(perWholeTenant);
        this.perRoute = Map.copyOf(perRoute);
        this.perAddress = perAddress;
        this.signed = signed;
        this.shared = shared;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterAccess(Duration.ofMinutes(30))
                .build();
    }

    /**
     * Takes one request of a caller to a route.
     *
     * @param then goes on; at once, or, where others must be asked, soon and on the same Vert.x context
     * @param failed is told what was thrown where it went on later, and nobody else would hear of it
     */
    public void take(String caller, String tenant, String route, Consumer<Taken> then, Consumer<Throwable> failed) {
        Quota general = perTenant.getOrDefault(tenant, perCaller);
        Quota special = perRoute.get(route);
        Quota whole = perWholeTenant.isEmpty() ? null : perWholeTenant.get(tenant);
        if (shared == null) {
            Taken taken = take(new Key("", caller), general);
            if (special != null && taken.granted()) {
                taken = taken.narrower(take(new Key(route, caller), special));
            }
            if (whole != null && taken.granted()) {
                taken = taken.narrower(take(new Key(TENANT, tenant), whole).ofWholeTenant());
            }
            then.accept(taken);
            return;
        }
        SharedBuckets.Turn turn = shared.begin();
        CompletionStage<Taken> asked = takeOfAll(turn, new Key("", caller), general);
        if (special != null) {
            asked = asked.thenCompose(taken -> takeMore(turn, taken, new Key(route, caller), special));
        }
        if (whole != null) {
            asked = asked.thenCompose(taken -> takeMore(turn, taken, new Key(TENANT, tenant), whole));
        }
        CompletableFuture<Taken> all = asked.toCompletableFuture();
        if (all.isDone()) {
            then.accept(all.join());
        } else {
            all.thenAccept(then).exceptionally(failure -> {
                failed.accept(failure);
                return null;
            });
        }
    }

    private CompletionStage<Taken> takeMore(SharedBuckets.Turn turn, Taken taken, Key key, Quota quota) {
        return !taken.granted()
                ? CompletableFuture.completedFuture(taken)
                : takeOfAll(turn, key, quota)
                        .thenApply(more -> taken.narrower(key.what().equals(TENANT) ? more.ofWholeTenant() : more));
    }

    private CompletionStage<Taken> takeOfAll(SharedBuckets.Turn turn, Key key, Quota quota) {
        Taken here = take(key, quota);
        if (!here.granted()) {
            return CompletableFuture.completedFuture(here);
        }
        return turn.take(key.what(), key.whose(), quota).thenApply(answer -> {
            if (answer.isPresent() && !answer.get().granted()) {
                // Nobody got it.
                bucket(key, quota).addTokens(1);
            }
            return answer.map(here::narrower).orElse(here);
        });
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
        return Taken.of(quota, bucket(key, quota).tryConsumeAndReturnRemaining(1));
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
     * @param wholeTenant whether the quota is that of a whole tenant, of which others take too
     */
    public record Taken(boolean granted, Quota quota, long remaining, long seconds, boolean wholeTenant) {
        /** Of a quota that is somebody's own. */
        public Taken(boolean granted, Quota quota, long remaining, long seconds) {
            this(granted, quota, remaining, seconds, false);
        }

        /** As a bucket of a quota tells it. */
        public static Taken of(Quota quota, ConsumptionProbe probe) {
            long wait = probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
            return new Taken(probe.isConsumed(), quota, Math.max(0, probe.getRemainingTokens()), Quotas.seconds(wait));
        }

        Taken ofWholeTenant() {
            return new Taken(granted, quota, remaining, seconds, true);
        }

        /** The narrower of this, which was granted, and another. */
        Taken narrower(Taken other) {
            return !other.granted() || other.remaining() < remaining ? other : this;
        }
    }
}
