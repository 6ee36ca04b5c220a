package org.postern.message.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postern.message.LedgerUnavailableException;

/**
 * Tells what is in the outbox, at least once: at once after the commit, and again by a sweep when that failed or the
 * process died in between. A repetition has the id of the first time.
 */
public final class RelayEvents {
    private static final int AT_A_TIME = 200;

    /** What was kept so long after now was kept by a clock that was ahead. */
    private static final Duration TOO_FAR = Duration.ofMinutes(10);

    /** What was told within that is forgotten together: a commit for each costs more than the event did. */
    private static final Duration TOGETHER = Duration.ofMillis(250);

    private final Outbox outbox;
    private final EventPublisher publisher;
    private final Executor executor;
    private final Clock clock;
    private final Duration sweepAfter;
    private final Executor soon;
    private final Queue<Long> told = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean forgetting = new AtomicBoolean();

    /** @param sweepAfter how old an event must be before the sweep takes it: longer than telling it usually takes */
    public RelayEvents(Outbox outbox, EventPublisher publisher, Executor executor, Clock clock, Duration sweepAfter) {
        this.outbox = outbox;
        this.publisher = publisher;
        this.executor = executor;
        this.clock = clock;
        this.sweepAfter = sweepAfter;
        this.soon = CompletableFuture.delayedExecutor(TOGETHER.toMillis(), TimeUnit.MILLISECONDS, executor);
    }

    /** Tells events that were committed just now, without waiting for it. */
    public void committed(List<PendingEvent> events) {
        executor.execute(() -> {
            told.addAll(tell(events));
            if (!told.isEmpty() && forgetting.compareAndSet(false, true)) {
                soon.execute(this::forget);
            }
        });
    }

    private void forget() {
        forgetting.set(false);
        List<Long> sequences = new ArrayList<>();
        for (Long sequence = told.poll(); sequence != null; sequence = told.poll()) {
            sequences.add(sequence);
        }
        if (!sequences.isEmpty()) {
            try {
                outbox.forget(sequences);
            } catch (LedgerUnavailableException e) {
                // The sweep tells them once more; the ids are the same.
            }
        }
    }

    /** Tells what was left over. */
    public void sweep() {
        int taken;
        do {
            Instant now = clock.instant();
            taken = outbox.sweep(now.minus(sweepAfter), now.plus(TOO_FAR), AT_A_TIME, this::tell);
        } while (taken == AT_A_TIME);
    }

    private List<Long> tell(List<PendingEvent> events) {
        // All are given to the client in order before the first is waited for: one round trip, and order kept by it.
        List<CompletableFuture<Void>> tellings = events.stream()
                .map(pending -> publisher.publish(pending.event()))
                .toList();
        List<Long> told = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            try {
                tellings.get(i).join();
                told.add(events.get(i).sequence());
            } catch (CompletionException | CancellationException e) {
                // It stays in the outbox.
            }
        }
        return told;
    }
}
