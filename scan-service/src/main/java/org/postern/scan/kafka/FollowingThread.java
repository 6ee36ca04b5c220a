package org.postern.scan.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.kafka.FailedAt;
import org.postern.scan.recall.MemoryAwayException;

/** A thread that follows a topic until it is stopped, and begins anew where Kafka or the memory was away. */
final class FollowingThread {
    private static final Logger LOG = Logger.getLogger(FollowingThread.class);
    private static final Duration BEFORE_NEXT = Duration.ofSeconds(2);
    private static final Duration TO_END = Duration.ofSeconds(4);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private boolean fine = true;

    /** What is done with a consumer, again and again. */
    interface Follower {
        Consumer<byte[], byte[]> open();

        void step(Consumer<byte[], byte[]> consumer) throws InterruptedException;
    }

    private FollowingThread(String name, Follower follower) {
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> run(follower));
    }

    static FollowingThread start(String name, Follower follower) {
        FollowingThread following = new FollowingThread(name, follower);
        following.thread.start();
        return following;
    }

    /** Ends it; what is in work is not waited for for long, since it is done again. */
    void stop() throws InterruptedException {
        stopped.countDown();
        Consumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        thread.join(TO_END);
        thread.interrupt();
    }

    private void run(Follower follower) {
        try {
            do {
                follow(follower);
            } while (!stopped.await(BEFORE_NEXT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Follower follower) throws InterruptedException {
        try (Consumer<byte[], byte[]> open = follower.open()) {
            consumer = open;
            while (stopped.getCount() > 0) {
                follower.step(open);
                fine = true;
            }
        } catch (WakeupException e) {
            LOG.debug("woken up to stop");
        } catch (InterruptException e) {
            throw e;
        } catch (MemoryAwayException | KafkaException e) {
            // Once for each time that it goes wrong, without its message.
            if (fine) {
                LOG.warnf("%s waits: %s", thread.getName(), cause(e));
            }
            fine = false;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf("%s begins anew: %s", thread.getName(), FailedAt.of(e));
        } finally {
            consumer = null;
        }
    }

    private static String cause(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getClass().getSimpleName();
    }
}
