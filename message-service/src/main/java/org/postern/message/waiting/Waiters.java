package org.postern.message.waiting;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postern.events.MessageId;
import org.postern.events.codec.Topic;
import org.postern.message.LatelySeen;
import org.postern.message.outbox.PendingEvent;

/** Those who wait in this process for a message to be judged, by whichever replica. */
public final class Waiters {
    private static final int JUDGED_LATELY = 4_096;

    private final Map<MessageId, Set<Waiter>> waiting = new ConcurrentHashMap<>();
    private final LatelySeen<MessageId> judged = new LatelySeen<>(JUDGED_LATELY);

    /**
     * Begins to wait. Who waits for what was judged a moment ago is called at once; what was judged long before is not
     * noticed: read it after this, then wait.
     */
    public Waiter register(MessageId id) {
        Waiter waiter = new Waiter(id);
        waiting.compute(id, (key, waiters) -> {
            Set<Waiter> all = waiters == null ? ConcurrentHashMap.newKeySet() : waiters;
            all.add(waiter);
            return all;
        });
        // After it is among those who are called, so that it is called by one or the other.
        if (judged.contains(id)) {
            waiter.calls.release();
        }
        return waiter;
    }

    /** Calls those who wait for what this process has judged, without the way through the broker. */
    public void committed(List<PendingEvent> events) {
        for (PendingEvent pending : events) {
            if (pending.event().topic() == Topic.MAIL_JUDGED) {
                judged(MessageId.of(pending.event().key()));
            }
        }
    }

    /** A message was judged. */
    public void judged(MessageId id) {
        judged.add(id);
        waiting.getOrDefault(id, Set.of()).forEach(waiter -> waiter.calls.release());
    }

    /** One who waits. To be closed. */
    public final class Waiter implements AutoCloseable {
        private final MessageId id;
        private final Semaphore calls = new Semaphore(0);

        private Waiter(MessageId id) {
            this.id = id;
        }

        /** Waits for the next judgement, or until the time is over. */
        public boolean await(Duration longest) throws InterruptedException {
            return calls.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            waiting.computeIfPresent(id, (key, waiters) -> {
                waiters.remove(this);
                return waiters.isEmpty() ? null : waiters;
            });
        }
    }
}
