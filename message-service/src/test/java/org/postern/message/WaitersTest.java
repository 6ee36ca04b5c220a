package org.postern.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postern.events.MessageId;

class WaitersTest {
    private final Waiters waiters = new Waiters();
    private final MessageId id = MessageId.random();

    @Test
    void callsAllWhoWaitForTheMessageAndNobodyElse() throws InterruptedException {
        try (var one = waiters.register(id);
                var other = waiters.register(id);
                var stranger = waiters.register(MessageId.random())) {
            waiters.judged(id);

            assertThat(one.await(Duration.ZERO)).isTrue();
            assertThat(other.await(Duration.ZERO)).isTrue();
            assertThat(stranger.await(Duration.ZERO)).isFalse();
        }
    }

    @Test
    void remembersACallThatCameBeforeTheWait() throws InterruptedException {
        try (var waiter = waiters.register(id)) {
            waiters.judged(id);

            assertThat(waiter.await(Duration.ofSeconds(1))).isTrue();
            assertThat(waiter.await(Duration.ofMillis(1))).isFalse();
        }
    }
}
