package org.postern.gateway.limit.redis;

import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.github.bucket4j.redis.consts.LuaScripts;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Bucket4j's buckets in Redis: read, then exchanged for what they became, by Bucket4j's own scripts, unless another replica
 * was first. Each expires soon after it would be full again. There are no calls that wait.
 */
final class SwappedBuckets extends AbstractCompareAndSwapBasedProxyManager<String> {
    private static final Duration KEPT_WHEN_FULL = Duration.ofSeconds(10);
    private static final int MOST_RETRIES = 8;

    private static final ExpirationAfterWriteStrategy EXPIRY =
            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL);

    private final RedisLink link;

    SwappedBuckets(RedisLink link) {
        super(ClientSideConfig.getDefault()
                .withExpirationAfterWriteStrategy(EXPIRY)
                .withMaxRetries(MOST_RETRIES));
        this.link = link;
    }

    /** Writes as it will be written, to a key of its own that is gone at once. */
    static Request trial() {
        return script(LuaScripts.SCRIPT_SET_NX_PX, BucketNames.PREFIX + "trial")
                .arg("")
                .arg(1);
    }

    private static Request script(String script, String key) {
        return Request.cmd(Command.EVAL).arg(script).arg(1).arg(key);
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String key) {
        return new AsyncCompareAndSwapOperation() {
            @Override
            public CompletableFuture<Optional<byte[]>> getStateData(Optional<Long> ignored) {
                return stage(link.send(Request.cmd(Command.GET).arg(key)).map(SwappedBuckets::bytes));
            }

            @Override
            public CompletableFuture<Boolean> compareAndSwap(
                    byte @Nullable [] before, byte[] after, RemoteBucketState state, Optional<Long> ignored) {
                long life = EXPIRY.calculateTimeToLiveMillis(state, currentTimeNanos());
                Request swap = before == null
                        ? script(LuaScripts.SCRIPT_SET_NX_PX, key).arg(after).arg(life)
                        : script(LuaScripts.SCRIPT_COMPARE_AND_SWAP_PX, key)
                                .arg(before)
                                .arg(after)
                                .arg(life);
                return stage(link.send(swap).map(SwappedBuckets::isOne));
            }
        };
    }

    private static Optional<byte[]> bytes(@Nullable Response response) {
        return response == null ? Optional.empty() : Optional.of(response.toBytes());
    }

    private static boolean isOne(@Nullable Response response) {
        return response != null && response.toInteger() == 1;
    }

    private static <T> CompletableFuture<T> stage(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture();
    }

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
        throw new UnsupportedOperationException("it would wait");
    }

    @Override
    public void removeProxy(String key) {
        throw new UnsupportedOperationException("it would wait");
    }

    @Override
    protected CompletableFuture<Void> removeAsync(String key) {
        return stage(link.send(Request.cmd(Command.DEL).arg(key)).mapEmpty());
    }

    @Override
    public boolean isAsyncModeSupported() {
        return true;
    }

    @Override
    public boolean isExpireAfterWriteSupported() {
        return true;
    }
}
