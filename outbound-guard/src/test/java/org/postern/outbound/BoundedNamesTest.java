package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A name server that never answers, which whoever names a host may have. */
class BoundedNamesTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger lookups = new AtomicInteger();

    @AfterEach
    void stop() {
        end.countDown();
    }

    @Test
    void aNameThatIsNotAnsweredForIsNotWaitedForForEver() {
        BoundedNames names = names(Duration.ofMillis(200));
        assertThatThrownBy(() -> names.resolve("dead")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void manyThatAskForItAreOneLookupAndOthersAreAnsweredMeanwhile() throws Exception {
        BoundedNames names = names(Duration.ofMinutes(10));
        List<Thread> waiting = IntStream.range(0, 300)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    try {
                        names.resolve("dead");
                    } catch (UnknownHostException e) {
                        // Nobody waits for this.
                    }
                }))
                .toList();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        assertThat(names.resolve("here")).hasSize(1);
        assertThat(lookups.get()).isEqualTo(2);
    }

    @Test
    void anAnswerIsGoodForThoseThatWaitAndIsNotKept() throws Exception {
        BoundedNames names = names(Duration.ofMinutes(10));
        names.resolve("here");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            int before = lookups.get();
            names.resolve("here");
            assertThat(lookups.get()).isEqualTo(before + 1);
        });
    }

    @Test
    void aNameThatHasNoAddressHasNone() {
        BoundedNames names = names(Duration.ofMinutes(10));
        assertThatThrownBy(() -> names.resolve("none")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void whoeverIsInterruptedStaysInterrupted() {
        BoundedNames names = names(Duration.ofMinutes(10));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> names.resolve("dead")).isInstanceOf(UnknownHostException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private BoundedNames names(Duration timeout) {
        return new BoundedNames(
                host -> {
                    lookups.incrementAndGet();
                    switch (host) {
                        case "dead" -> awaitEnd();
                        case "none" -> throw new UnknownHostException();
                        default -> {}
                    }
                    return List.of(InetAddress.getLoopbackAddress());
                },
                timeout);
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
