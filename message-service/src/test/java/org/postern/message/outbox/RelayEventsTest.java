package org.postern.message.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.Topic;

class RelayEventsTest {
    private final BlockingQueue<List<Long>> forgotten = new LinkedBlockingQueue<>();

    /** Until then the moment is not over. */
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private final Thread teller = Thread.currentThread();
    private final RelayEvents relay = new RelayEvents(
            new Outbox() {
                @Override
                public void forget(List<Long> sequences) {
                    forgotten.add(sequences);
                }

                @Override
                public int sweep(
                        Instant before, Instant orAfter, int most, Function<List<PendingEvent>, List<Long>> tell) {
                    return 0;
                }
            },
            event -> event.key().equals("refused")
                    ? CompletableFuture.failedFuture(new IllegalStateException("the broker is away"))
                    : CompletableFuture.completedFuture(null),
            this::execute,
            Clock.systemUTC(),
            Duration.ofSeconds(3));

    @Test
    void forgetsTogetherWhatWasToldWithinAMoment() throws InterruptedException {
        relay.committed(List.of(event(1, "one")));
        relay.committed(List.of(event(2, "two"), event(3, "three")));
        over.complete(null);

        assertThat(forgotten.poll(10, TimeUnit.SECONDS)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void goesOnForgettingAfterTheFirstTime() throws InterruptedException {
        over.complete(null);
        relay.committed(List.of(event(1, "one")));
        assertThat(forgotten.poll(10, TimeUnit.SECONDS)).containsExactly(1L);

        relay.committed(List.of(event(2, "two")));
        assertThat(forgotten.poll(10, TimeUnit.SECONDS)).containsExactly(2L);
    }

    @Test
    void keepsWhatCouldNotBeTold() throws InterruptedException {
        over.complete(null);
        relay.committed(List.of(event(1, "refused"), event(2, "two")));

        assertThat(forgotten.poll(10, TimeUnit.SECONDS)).containsExactly(2L);
    }

    /** At once what the test asks for, and later what comes by a timer. */
    private void execute(Runnable task) {
        if (Thread.currentThread().equals(teller)) {
            task.run();
        } else {
            over.thenRun(task);
        }
    }

    private static PendingEvent event(long sequence, String key) {
        return new PendingEvent(sequence, new EncodedEvent(Topic.MAIL_JUDGED, key, Map.of(), "{}"));
    }
}
