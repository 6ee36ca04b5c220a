package org.postern.push.eventsource;

import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postern.events.push.StateChanged;
import org.postern.push.stream.LiveStreams;
import org.postern.push.stream.StreamEnd;

/** Writes what a client wants to hear on its stream, and counts what it has not read yet. */
final class StreamListener implements LiveStreams.Listener {
    private final StreamRequest request;
    private final int slowest;
    private final Runnable tooSlow;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable MultiEmitter<? super StreamItem> stream;

    /**
     * @param slowest how many changes may wait for the client
     * @param tooSlow what is done, once, when more do
     */
    StreamListener(StreamRequest request, int slowest, Runnable tooSlow) {
        this.request = request;
        this.slowest = slowest;
        this.tooSlow = tooSlow;
    }

    /** Writes to this from now on. */
    void open(MultiEmitter<? super StreamItem> emitter) {
        stream = emitter;
    }

    @Override
    public void changed(StateChanged change, long position) {
        tell(change.changed(), position);
    }

    void tell(Map<String, String> changed, long position) {
        Map<String, String> wanted = request.wanted(changed);
        if (wanted.isEmpty()) {
            return;
        }
        int before = waiting.getAndIncrement();
        if (before == slowest) {
            tooSlow.run();
        }
        if (before >= slowest) {
            return;
        }
        emit(new StreamItem.State(wanted, position));
        if (request.closeAfterState()) {
            emit(new StreamItem.Close());
        }
    }

    /** A change is on its way to the client. */
    void written() {
        waiting.decrementAndGet();
    }

    @Override
    public void revoked() {
        emit(new StreamItem.End(StreamEnd.REVOKED));
        emit(new StreamItem.Close());
    }

    private void emit(StreamItem item) {
        MultiEmitter<? super StreamItem> open = stream;
        if (open != null) {
            open.emit(item);
        }
    }
}
