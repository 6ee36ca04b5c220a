package org.postern.gateway.limit.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketExceptions.BucketExecutionException;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.postern.events.RecipientHashKey;
import org.postern.gateway.limit.Quota;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.limit.SharedBuckets;

/**
 * Buckets in Redis. Of each, a replica gives out a hundredth of the quota, for no longer than a tenth of a second, before it
 * asks Redis again: most requests cause no round trip and wait for none. What replicas gave out together beyond the quota,
 * a hundredth each at most, is owed, and given back before anything more is granted.
 */
public final class RedisBuckets implements SharedBuckets {
    private static final long MOST_KNOWN = 50_000;
    private static final Duration KNOWN_FOR = Duration.ofMinutes(2);
    private static final long UNTOLD_PART = 100;
    private static final Duration UNTOLD_FOR = Duration.ofMillis(100);

    private final Vertx vertx;
    private final Duration timeLimit;
    private final RedisLink link;
    private final BucketNames names;
    private final AsyncProxyManager<String> buckets;
    private final LongAdder alone = new LongAdder();
    private final Cache<Name, AsyncBucketProxy> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterAccess(KNOWN_FOR)
            .build();

    private record Name(String what, String whose, Quota quota) {}

    /**
     * Buckets; {@link #open} connects them.
     *
     * @param timeLimit how long one request may wait for them, 1 ms to 100 ms
     * @param key what callers are hashed with, the same at every replica
     * @throws IllegalArgumentException where the time limit is not one of those
     */
    public RedisBuckets(Vertx vertx, RedisPlace place, Duration timeLimit, RecipientHashKey key) {
        if (timeLimit.toMillis() < 1 || timeLimit.toMillis() > 100) {
            throw new IllegalArgumentException(
                    "postern.gateway.limits.shared.time-limit must be 1 ms to 100 ms: 10ms for instance");
        }
        this.vertx = vertx;
        this.timeLimit = timeLimit;
        this.link = new RedisLink(vertx, place, timeLimit, SwappedBuckets::trial);
        this.names = new BucketNames(key);
        this.buckets = new SwappedBuckets(link).asAsync();
    }

    /** Begins to connect. Until it is there, and whenever it is away, nothing is shared. */
    public void open() {
        link.open();
    }

    /** Ends the connection. */
    public void close() {
        link.close();
    }

    /** Whether the replicas count together now. */
    public boolean isShared() {
        return link.isThere();
    }

    /** How often one was not taken here, since Redis was away or too slow. */
    public long alone() {
        return alone.sum();
    }

    @Override
    public Turn begin() {
        long until = System.nanoTime() + timeLimit.toNanos();
        return (what, whose, quota) -> take(new Name(what, whose, quota), until);
    }

    private CompletionStage<Optional<Quotas.Taken>> take(Name name, long until) {
        if (!link.isThere()) {
            return CompletableFuture.completedFuture(missed());
        }
        CompletableFuture<ConsumptionProbe> asked = bucket(name).tryConsumeAndReturnRemaining(1);
        if (asked.isDone() && !asked.isCompletedExceptionally()) {
            return CompletableFuture.completedFuture(Optional.of(Quotas.Taken.of(name.quota(), asked.join())));
        }
        Wait wait = new Wait(vertx.getOrCreateContext(), name.quota());
        wait.begin(asked, until);
        return wait.answer;
    }

    private AsyncBucketProxy bucket(Name name) {
        return known.get(name, ignored -> buckets.builder()
                .withOptimization(optimization(name.quota()))
                .build(names.name(name.what(), name.whose(), name.quota()), configuration(name.quota())));
    }

    /** Of a small quota nothing is given out unasked. Requests that come together are asked for together, either way. */
    private static Optimization optimization(Quota quota) {
        long untold = quota.requests() / UNTOLD_PART;
        return untold < 1 ? Optimizations.batching() : Optimizations.delaying(new DelayParameters(untold, UNTOLD_FOR));
    }

    private static BucketConfiguration configuration(Quota quota) {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(quota.requests()).refillGreedy(quota.requests(), quota.window()))
                .build();
    }

    private Optional<Quotas.Taken> missed() {
        alone.increment();
        return Optional.empty();
    }

    /** For an answer, or for the time limit, whichever is first. */
    private final class Wait {
        private final CompletableFuture<Optional<Quotas.Taken>> answer = new CompletableFuture<>();
        private final Context context;
        private final Quota quota;

        Wait(Context context, Quota quota) {
            this.context = context;
            this.quota = quota;
        }

        void begin(CompletableFuture<ConsumptionProbe> asked, long until) {
            long millis =
                    Math.max(1, Duration.ofNanos(until - System.nanoTime()).toMillis());
            long timer = vertx.setTimer(millis, ignored -> isTooLate());
            asked.whenComplete((probe, failure) -> onContext(() -> {
                vertx.cancelTimer(timer);
                end(probe, failure);
            }));
        }

        private void isTooLate() {
            if (!answer.isDone()) {
                link.late();
                answer.complete(missed());
            }
        }

        private void end(@Nullable ConsumptionProbe probe, @Nullable Throwable failure) {
            if (answer.isDone()) {
                return;
            }
            if (failure == null && probe != null) {
                link.inTime();
                answer.complete(Optional.of(Quotas.Taken.of(quota, probe)));
            } else {
                if (!wasOutrun(failure)) {
                    link.late();
                }
                answer.complete(missed());
            }
        }

        /** Other replicas were first again and again: Redis is well. */
        private static boolean wasOutrun(@Nullable Throwable failure) {
            return failure instanceof BucketExecutionException
                    || failure != null && failure.getCause() instanceof BucketExecutionException;
        }

        /** One answer may be for requests of several event loops. */
        private void onContext(Runnable then) {
            if (Vertx.currentContext() == context) {
                then.run();
            } else {
                context.runOnContext(ignored -> then.run());
            }
        }
    }
}
