package org.postern.message.mtahooks;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, read by a thread that may wait. A few pieces at most lie here: more is asked for as they are read,
 * so that whoever sends waits for whoever reads.
 */
final class RequestBody extends InputStream {
    private static final int AHEAD = 4;

    private final HttpServerRequest request;
    private final Context context;
    private final long most;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private byte[] current = {};
    private int at;
    private long count;
    private volatile boolean arrived;
    private boolean ended;

    private sealed interface Part {
        // A class and no record: the array is not compared.
        final class Bytes implements Part {
            private final byte[] bytes;

            Bytes(Buffer buffer) {
                this.bytes = buffer.getBytes();
            }
        }

        record End() implements Part {}

        record Broken() implements Part {}
    }

    /**
     * Begins to take a request in; to be called by its event loop.
     *
     * @param most a longer one is refused
     */
    RequestBody(HttpServerRequest request, Context context, long most) {
        this.request = request;
        this.context = context;
        this.most = most;
        request.pause();
        request.exceptionHandler(lost -> parts.add(new Part.Broken()));
        request.endHandler(end -> {
            arrived = true;
            parts.add(new Part.End());
        });
        request.handler(buffer -> parts.add(new Part.Bytes(buffer)));
        request.fetch(AHEAD);
    }

    static RequestBody of(HttpServerRequest request, long most) {
        return new RequestBody(request, Vertx.currentContext(), most);
    }

    /** Whether all of it is here, read or not. */
    boolean hasArrived() {
        return arrived;
    }

    /** Ends the wait of whoever reads: nothing more will come. */
    void breakOff() {
        parts.add(new Part.Broken());
    }

    /** Reads the rest and throws it away. */
    void drain() throws IOException {
        while (current() != null) {
            at = current.length;
        }
    }

    /** The same for a while, and whatever goes wrong: a peer that is still writing does not hear what it is told. */
    void drainFor(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            Part part = ended ? null : poll(end);
            while (part instanceof Part.Bytes) {
                part = poll(end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] bytes = current();
        return bytes == null ? -1 : bytes[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        byte[] bytes = current();
        if (bytes == null) {
            return -1;
        }
        int n = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, into, offset, n);
        at += n;
        return n;
    }

    /** The piece that is being read, with a byte to read; null at the end. */
    private byte @Nullable [] current() throws IOException {
        while (at == current.length && !ended) {
            switch (take()) {
                case Part.Bytes part -> {
                    current = part.bytes;
                    at = 0;
                    count += current.length;
                    if (count > most) {
                        throw RefusedHookException.tooLarge(most);
                    }
                    more();
                }
                case Part.End end -> ended = true;
                case Part.Broken broken -> throw new IOException("the request was broken off");
            }
        }
        return at == current.length ? null : current;
    }

    private Part take() throws IOException {
        try {
            return parts.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while a request came in", e);
        }
    }

    private @Nullable Part poll(long end) throws InterruptedException {
        more();
        return parts.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void more() {
        context.runOnContext(nothing -> request.fetch(1));
    }
}
