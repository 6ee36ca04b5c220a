package org.postern.push.firebase;

import com.google.firebase.messaging.BatchResponse;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.SendResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postern.push.delivery.SendResult;
import org.postern.push.subscription.SubscriptionId;

/**
 * Gathers the messages of one moment into calls of {@code sendEach}, and gives each its own answer. Nothing waits for a chunk
 * to fill: what came before the call begins is in it, and what comes after is in the next one, which does not wait for the first.
 *
 * <p>A call answers when the slowest of its messages is done, and not at all where one of them ends in an exception. Those that
 * were in such a chunk are tried again at their own pace, and alone: whoever is the trouble delays the others once at most.
 */
final class Chunks {
    private final Call call;
    private final int most;
    private final Duration timeout;
    private final Executor threads;
    private final Loners loners = new Loners();
    private final Object lock = new Object();
    private List<Waiting> waiting = new ArrayList<>();

    /** {@code sendEach}, begun and not waited for. */
    @FunctionalInterface
    interface Call {
        Future<BatchResponse> sendEach(List<Message> messages);
    }

    private record Waiting(SubscriptionId device, Message message, CompletableFuture<SendResult> answer) {}

    /**
     * @param most messages of a call
     * @param timeout of a call
     * @param threads where calls are waited for: a thread each
     */
    Chunks(Call call, int most, Duration timeout, Executor threads) {
        this.call = call;
        this.most = most;
        this.timeout = timeout;
        this.threads = threads;
    }

    /** Sends a message, with others of the same moment, and waits for its answer. */
    SendResult send(SubscriptionId device, Message message) throws InterruptedException {
        Waiting one = new Waiting(device, message, new CompletableFuture<>());
        if (loners.contains(device)) {
            send(List.of(one));
        } else {
            gather(one);
        }
        try {
            return one.answer().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is never an exception", e);
        }
    }

    private void gather(Waiting one) {
        boolean first;
        synchronized (lock) {
            first = waiting.isEmpty();
            waiting.add(one);
        }
        if (first) {
            threads.execute(this::sendWhatWaits);
        }
    }

    private void sendWhatWaits() {
        List<Waiting> all;
        synchronized (lock) {
            all = waiting;
            waiting = new ArrayList<>();
        }
        for (int i = 0; i < all.size(); i += most) {
            List<Waiting> chunk = all.subList(i, Math.min(i + most, all.size()));
            threads.execute(() -> send(chunk));
        }
    }

    private void send(List<Waiting> chunk) {
        Future<BatchResponse> sending = null;
        try {
            sending = call.sendEach(chunk.stream().map(Waiting::message).toList());
            answer(chunk, sending.get(timeout.toMillis(), TimeUnit.MILLISECONDS).getResponses());
        } catch (TimeoutException e) {
            // Of several it is not known which of them was slow: no reason to leave Firebase alone.
            fail(chunk, new SendResult.TryLater("timeout", null, chunk.size() == 1));
        } catch (ExecutionException | RuntimeException e) {
            fail(chunk, new SendResult.TryLater("internal", null, false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(chunk, new SendResult.TryLater("interrupted", null, false));
        } finally {
            if (sending != null) {
                sending.cancel(true);
            }
            // Whatever happened, nobody waits for ever.
            chunk.forEach(one -> one.answer().complete(new SendResult.TryLater("internal", null, false)));
        }
    }

    private void answer(List<Waiting> chunk, List<SendResponse> responses) {
        for (int i = 0; i < chunk.size(); i++) {
            loners.remove(chunk.get(i).device());
            chunk.get(i).answer().complete(FirebaseAnswers.read(responses.get(i)));
        }
    }

    private void fail(List<Waiting> chunk, SendResult result) {
        for (Waiting one : chunk) {
            loners.add(one.device());
            one.answer().complete(result);
        }
    }
}
