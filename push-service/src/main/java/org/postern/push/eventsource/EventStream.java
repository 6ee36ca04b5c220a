package org.postern.push.eventsource;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postern.events.codec.EventJson;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;
import org.postern.push.stream.LiveStreams;
import org.postern.push.stream.StreamEnd;
import org.postern.push.stream.StreamEnds;

/**
 * One client that listens, written to directly. It holds the connection and what the client wants to hear, and nothing else
 * of the request: there are ten thousand of them, and they do nothing most of the time.
 */
final class EventStream implements LiveStreams.Listener {
    private static final Buffer KEEP_ALIVE = Buffer.buffer(":\n\n");

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final AccountId account;
    private final StreamRequest request;
    private final int slowest;
    private final StreamEnds ends;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Long> timers = new ArrayList<>(2);
    private volatile @Nullable Runnable forget;

    /** @param slowest how many changes may wait for the client before it is cut off */
    EventStream(
            Vertx vertx,
            HttpServerResponse response,
            AccountId account,
            StreamRequest request,
            int slowest,
            StreamEnds ends) {
        this.vertx = vertx;
        this.response = response;
        this.account = account;
        this.request = request;
        this.slowest = slowest;
        this.ends = ends;
    }

    /**
     * Answers, and keeps the connection open.
     *
     * @param lifetime after which it ends by itself
     */
    void begin(Duration keepAlive, Duration lifetime) {
        // A comment, with which the head goes out.
        response.setChunked(true).write(KEEP_ALIVE.copy());
        synchronized (timers) {
            if (over.get()) {
                // The client is gone already, and nobody would stop them.
                return;
            }
            timers.add(vertx.setPeriodic(keepAlive.toMillis(), timer -> keepOpen(KEEP_ALIVE.copy())));
            timers.add(vertx.setTimer(lifetime.toMillis(), timer -> end()));
            if (request.ping() > 0) {
                long period = Duration.ofSeconds(request.ping()).toMillis();
                timers.add(vertx.setPeriodic(
                        period, timer -> keepOpen(event("ping", null, Map.of("interval", request.ping())))));
            }
        }
    }

    /** What makes it be told of nothing more. */
    void forgottenBy(Runnable listening) {
        forget = listening;
        if (over.get()) {
            listening.run();
        }
    }

    /** The connection is no more. */
    void closed() {
        over.set(true);
        synchronized (timers) {
            timers.forEach(vertx::cancelTimer);
            timers.clear();
        }
        Runnable listening = forget;
        if (listening != null) {
            listening.run();
        }
    }

    @Override
    public void changed(StateChanged change, long position) {
        tell(change.changed(), position);
    }

    void tell(Map<String, String> changed, long position) {
        Map<String, String> wanted = request.wanted(changed);
        if (wanted.isEmpty() || over.get()) {
            return;
        }
        int before = waiting.getAndIncrement();
        if (before == slowest) {
            // What a client reads too slowly is not kept for ever: it is cut off, comes back, and resumes.
            ends.ended(StreamEnd.TOO_SLOW);
            cutOff();
        }
        if (before >= slowest) {
            return;
        }
        Map<String, Object> document = new TreeMap<>();
        document.put("@type", "StateChange");
        document.put("changed", Map.of(account.value(), wanted));
        response.write(event("state", Long.toString(position + 1), document))
                .onComplete(written -> waiting.decrementAndGet());
        if (request.closeAfterState()) {
            end();
        }
    }

    @Override
    public void revoked() {
        if (over.get()) {
            return;
        }
        ends.ended(StreamEnd.REVOKED);
        if (response.writeQueueFull()) {
            // It reads nothing, and would keep the connection for as long as it likes.
            cutOff();
        } else {
            response.write(event("end", null, Map.of("reason", StreamEnd.REVOKED.word())));
            end();
        }
    }

    /** Ends it without a word: the client comes back, and resumes. */
    void cutOff() {
        over.set(true);
        response.close();
        // Of a response that we close ourselves nobody hears that it has ended.
        closed();
    }

    /** To a client that reads nothing there is no use in writing that. */
    private void keepOpen(Buffer text) {
        if (!over.get() && !response.writeQueueFull()) {
            response.write(text);
        }
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            response.end();
        }
    }

    private static Buffer event(String name, @Nullable String id, Map<String, ?> document) {
        try {
            String data = EventJson.mapper().writeValueAsString(document);
            return Buffer.buffer((id == null ? "" : "id:" + id + "\n") + "event:" + name + "\ndata:" + data + "\n\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document of ours can always be written");
        }
    }
}
