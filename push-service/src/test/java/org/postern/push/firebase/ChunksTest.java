package org.postern.push.firebase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.firebase.messaging.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.push.delivery.SendResult;
import org.postern.push.subscription.SubscriptionId;

/** Pushes of one moment, sent together and answered apart. */
class ChunksTest {
    private static final SendResult DELIVERED = new SendResult.Delivered();
    /** An answer that makes the SDK throw, and with it the whole call. */
    private static final FakeFirebase.Answer ODD =
            FakeFirebase.Answer.error(500, "A_STATUS_OF_TOMORROW", "INTERNAL", null);

    private final List<Integer> calls = new CopyOnWriteArrayList<>();
    private final Map<String, SubscriptionId> devices = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private FakeFirebase cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new FakeFirebase();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void whatComesAtOnceIsOneCallAndEachHasAnAnswerOfItsOwn() throws Exception {
        cloud.answer("gone", FakeFirebase.Answer.error(404, "NOT_FOUND", "UNREGISTERED", null));
        cloud.answer("busy", FakeFirebase.Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", "60"));

        assertThat(together(chunks(20, Duration.ofSeconds(20)), "one", "gone", "busy", "two"))
                .containsEntry("one", DELIVERED)
                .containsEntry("two", DELIVERED)
                .containsEntry("gone", new SendResult.Gone())
                .containsEntry("busy", new SendResult.TryLater("quota-exceeded", Duration.ofMinutes(1), false));
        assertThat(calls).containsExactly(4);
    }

    @Test
    void aCallHasNoMoreThanItsBound() throws Exception {
        assertThat(together(chunks(2, Duration.ofSeconds(20)), "one", "two", "three", "four", "five")
                        .values())
                .containsOnly(DELIVERED);
        assertThat(calls).containsExactlyInAnyOrder(2, 2, 1);
    }

    @Test
    void whoeverIsSlowDelaysTheOthersOnceAndIsAloneFromThenOn() throws Exception {
        cloud.answer("slow", FakeFirebase.Answer.SILENCE);
        Chunks chunks = chunks(20, Duration.ofSeconds(2));

        // Nobody knows who of them was slow, so that Firebase is not said to be.
        assertThat(together(chunks, "one", "slow", "two").values())
                .containsOnly(new SendResult.TryLater("timeout", null, false));
        assertThat(together(chunks, "one", "slow", "two"))
                .containsEntry("one", DELIVERED)
                .containsEntry("slow", new SendResult.TryLater("timeout", null, true))
                .containsEntry("two", DELIVERED);
        assertThat(together(chunks, "one", "slow", "two"))
                .containsEntry("one", DELIVERED)
                .containsEntry("two", DELIVERED);
        assertThat(calls).containsExactlyInAnyOrder(3, 1, 1, 1, 2, 1);
    }

    @Test
    void aCallThatFailsIsEverybodysOwnRetryAndNoOtherOfThemFailsTwice() throws Exception {
        cloud.answer("odd", ODD);
        Chunks chunks = chunks(20, Duration.ofSeconds(20));
        SendResult failed = new SendResult.TryLater("internal", null, false);

        assertThat(together(chunks, "one", "odd", "two").values()).containsOnly(failed);
        assertThat(together(chunks, "one", "odd", "two"))
                .containsEntry("one", DELIVERED)
                .containsEntry("odd", failed)
                .containsEntry("two", DELIVERED);
    }

    @Test
    void nothingWaitsForACallToFillNorForTheOneBefore() throws Exception {
        cloud.answer("slow", FakeFirebase.Answer.SILENCE);
        Chunks chunks = chunks(500, Duration.ofMinutes(10));
        Thread slow = Thread.startVirtualThread(begun(chunks, "slow"));
        await().atMost(Duration.ofSeconds(30)).until(() -> cloud.received().size() == 1);

        assertThat(together(chunks, "one")).containsEntry("one", DELIVERED);

        slow.interrupt();
        slow.join();
    }

    /** Sends to devices at the same moment. */
    private Map<String, SendResult> together(Chunks chunks, String... tokens)
            throws InterruptedException, ExecutionException {
        gate = new CountDownLatch(1);
        Map<String, FutureTask<SendResult>> sends = new TreeMap<>();
        List<Thread> threads = new ArrayList<>();
        for (String token : tokens) {
            FutureTask<SendResult> send = begun(chunks, token);
            sends.put(token, send);
            threads.add(Thread.ofPlatform().daemon().start(send));
        }
        // All of them wait: for their answer, or for the thread that is held back. Not only for a moment, as for a
        // lock.
        await().atMost(Duration.ofSeconds(30)).during(Duration.ofMillis(200)).until(() -> threads.stream()
                .allMatch(thread -> thread.getState() == Thread.State.WAITING
                        || thread.getState() == Thread.State.TIMED_WAITING
                        || thread.getState() == Thread.State.TERMINATED));
        gate.countDown();
        Map<String, SendResult> results = new TreeMap<>();
        for (Map.Entry<String, FutureTask<SendResult>> send : sends.entrySet()) {
            results.put(send.getKey(), send.getValue().get());
        }
        return results;
    }

    private FutureTask<SendResult> begun(Chunks chunks, String token) {
        SubscriptionId device = devices.computeIfAbsent(token, t -> SubscriptionId.random());
        return new FutureTask<>(() -> chunks.send(
                device, Message.builder().setToken(token).putData("data", "{}").build()));
    }

    /** Calls begin when the test lets them. */
    private Chunks chunks(int most, Duration timeout) {
        return new Chunks(
                messages -> {
                    calls.add(messages.size());
                    return cloud.messaging().sendEachAsync(messages, false);
                },
                most,
                timeout,
                call -> Thread.startVirtualThread(() -> {
                    awaitGate();
                    call.run();
                }));
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
