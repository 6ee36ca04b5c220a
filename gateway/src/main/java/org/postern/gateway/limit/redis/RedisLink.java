package org.postern.gateway.limit.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Redis: one, while it is there and answers in time. Where it does not it is given up, and another tried
 * every second, by itself: no request waits for that, and none is a trial.
 */
final class RedisLink {
    private static final Logger LOG = Logger.getLogger(RedisLink.class);

    private static final long AGAIN_MILLIS = 1_000;
    private static final long HANDSHAKE_MILLIS = 2_000;
    /** A pause of our own virtual machine makes answers late too: one that is in time must come after it. */
    private static final long PATIENCE = Duration.ofMillis(250).toNanos();

    private static final int TRIALS = 3;
    private static final long NEVER = Long.MIN_VALUE;

    private final Vertx vertx;
    private final RedisPlace place;
    private final Duration timeLimit;
    private final Supplier<Request> trial;
    private final AtomicReference<@Nullable Line> line = new AtomicReference<>();
    private final AtomicReference<State> told = new AtomicReference<>(State.UNKNOWN);
    private final AtomicLong lateSince = new AtomicLong(NEVER);
    private volatile boolean closed;

    private enum State {
        UNKNOWN,
        THERE,
        AWAY
    }

    /**
     * A link, not connected yet.
     *
     * @param timeLimit in which it must answer
     * @param trial what is asked first: it must do what will be asked, so that a Redis that refuses it is away
     */
    RedisLink(Vertx vertx, RedisPlace place, Duration timeLimit, Supplier<Request> trial) {
        this.vertx = vertx;
        this.place = place;
        this.timeLimit = timeLimit;
        this.trial = trial;
    }

    /** Connects, and does so again until it is closed. */
    void open() {
        if (!closed) {
            Line next = new Line(Redis.createClient(vertx, place.options()));
            line.set(next);
            next.open();
        }
    }

    void close() {
        closed = true;
        Line last = line.get();
        if (last != null) {
            last.end("closed");
        }
    }

    boolean isThere() {
        Line now = line.get();
        return now != null && now.connection != null;
    }

    /** Sends a request; fails at once where there is no connection, and when it is lost. */
    Future<@Nullable Response> send(Request request) {
        Line now = line.get();
        RedisConnection connection = now == null ? null : now.connection;
        return connection == null ? Future.failedFuture("Redis is away") : connection.send(request);
    }

    /** Notes an answer that came in time. */
    void inTime() {
        if (lateSince.get() != NEVER) {
            lateSince.set(NEVER);
        }
    }

    /** Notes that none came in time, or that it was of no use. */
    void late() {
        long now = System.nanoTime();
        if (!lateSince.compareAndSet(NEVER, now) && now - lateSince.get() > PATIENCE) {
            Line slow = line.get();
            if (slow != null && slow.connection != null) {
                slow.end("does not answer in " + timeLimit.toMillis() + " ms");
            }
        }
    }

    private void tell(State state, String why) {
        if (told.getAndSet(state) == state || closed) {
            return;
        }
        if (state == State.THERE) {
            LOG.info("quotas are shared with the other replicas");
        } else {
            LOG.warnf("quotas are not shared, this replica counts for itself: Redis %s", why);
        }
    }

    /** One connection, and its end. */
    private final class Line {
        private final Redis client;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile @Nullable RedisConnection connection;

        Line(Redis client) {
            this.client = client;
        }

        void open() {
            vertx.setTimer(HANDSHAKE_MILLIS, ignored -> {
                if (connection == null) {
                    end("does not answer");
                }
            });
            client.connect()
                    .onSuccess(opened -> {
                        opened.endHandler(ignored -> end("closed the connection"));
                        opened.exceptionHandler(failure -> end(name(failure)));
                        test(opened, TRIALS);
                    })
                    .onFailure(failure -> end(name(failure)));
        }

        /** More than once: what runs for the first time is slow by itself. */
        private void test(RedisConnection opened, int trials) {
            long begun = System.nanoTime();
            opened.send(trial.get())
                    .onSuccess(ignored -> {
                        if (System.nanoTime() - begun <= timeLimit.toNanos()) {
                            begin(opened);
                        } else if (trials > 1) {
                            test(opened, trials - 1);
                        } else {
                            end("does not answer in " + timeLimit.toMillis() + " ms");
                        }
                    })
                    .onFailure(failure -> end(name(failure)));
        }

        private void begin(RedisConnection opened) {
            if (!ended.get()) {
                lateSince.set(NEVER);
                connection = opened;
                tell(State.THERE, "");
            }
        }

        void end(String why) {
            if (ended.compareAndSet(false, true)) {
                connection = null;
                tell(State.AWAY, why);
                // Whoever waits for an answer is told that none comes.
                client.close();
                if (!closed) {
                    vertx.setTimer(AGAIN_MILLIS, ignored -> RedisLink.this.open());
                }
            }
        }

        /** The kind of a failure; of what Redis says only its code, WRONGPASS for instance. */
        private static String name(Throwable failure) {
            if (failure instanceof Response said) {
                return "refuses: " + said.toString().split(" ", 2)[0];
            }
            return "cannot be reached: " + failure.getClass().getSimpleName();
        }
    }
}
