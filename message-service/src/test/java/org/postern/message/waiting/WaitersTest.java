package org.postern.message.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postern.events.MessageId;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.Topic;
import org.postern.message.outbox.PendingEvent;

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

    @Test
    void callsForAJudgementThatThisProcessHasKeptAndForNoOtherEvent() throws InterruptedException {
        try (var waiter = waiters.register(id)) {
            waiters.committed(List.of(kept(Topic.MAIL_HANDED_OVER)));
            assertThat(waiter.await(Duration.ZERO)).isFalse();

            waiters.committed(List.of(kept(Topic.MAIL_JUDGED)));
            assertThat(waiter.await(Duration.ZERO)).isTrue();
        }
    }

    @Test
    void callsAtOnceWhoBeginsToWaitForWhatWasJudgedAMomentAgo() throws InterruptedException {
        waiters.judged(id);

        try (var waiter = waiters.register(id);
                var stranger = waiters.register(MessageId.random())) {
            assertThat(waiter.await(Duration.ZERO)).isTrue();
            assertThat(stranger.await(Duration.ZERO)).isFalse();
        }
    }

    private PendingEvent kept(Topic topic) {
        return new PendingEvent(1, new EncodedEvent(topic, id.toString(), Map.of(), "{}"));
    }
}
