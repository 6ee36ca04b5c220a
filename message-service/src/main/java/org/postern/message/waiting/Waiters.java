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
import org.postern.message.outbox.PendingEvent;

/** Those who wait in this process for a message to be judged, by whichever replica. */
public final class Waiters {
    private final Map<MessageId, Set<Waiter>> waiting = new ConcurrentHashMap<>();

    /** Begins to wait. What was judged before is not noticed: read it after this, then wait. */
    public Waiter register(MessageId id) {
        Waiter waiter = new Waiter(id);
        waiting.compute(id, (key, waiters) -> {
            Set<Waiter> all = waiters == null ? ConcurrentHashMap.newKeySet() : waiters;
            all.add(waiter);
            return all;
        });
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
