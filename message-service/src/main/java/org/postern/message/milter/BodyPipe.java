package org.postern.message.milter;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a message on their way from the connection to the store. It holds a few chunks at most, and whoever writes
 * waits for whoever reads. A message whose end was not announced has none: reading it fails.
 */
final class BodyPipe {
    private static final int CHUNKS = 4;
    private static final long POLL_MILLIS = 250;

    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS);
    private volatile boolean abandoned;

    private sealed interface Chunk {
        // A class and no record: the array is not compared.
        final class Bytes implements Chunk {
            private final byte[] bytes;

            Bytes(byte[] bytes) {
                this.bytes = bytes;
            }
        }

        record End() implements Chunk {}

        record Broken() implements Chunk {}
    }

    void write(byte[] bytes) throws InterruptedException {
        if (bytes.length > 0) {
            put(new Chunk.Bytes(bytes));
        }
    }

    /** The message ended as it should. */
    void end() throws InterruptedException {
        put(new Chunk.End());
    }

    /** The message will not come to its end. */
    void breakOff() throws InterruptedException {
        put(new Chunk.Broken());
    }

    /** Nobody reads any more; what is written from here on is thrown away. */
    void abandon() {
        abandoned = true;
        chunks.clear();
    }

    InputStream in() {
        return new Reader();
    }

    private void put(Chunk chunk) throws InterruptedException {
        boolean done = abandoned;
        while (!done) {
            // Looks up now and then: whoever read may have given up while the pipe was full.
            done = chunks.offer(chunk, POLL_MILLIS, TimeUnit.MILLISECONDS) || abandoned;
        }
    }

    private final class Reader extends InputStream {
        private byte[] current = {};
        private int at;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int n = read(one, 0, 1);
            return n < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (at == current.length) {
                byte @Nullable [] next = ended ? null : next();
                if (next == null) {
                    ended = true;
                    return -1;
                }
                current = next;
                at = 0;
            }
            int n = Math.min(length, current.length - at);
            System.arraycopy(current, at, into, offset, n);
            at += n;
            return n;
        }

        private byte @Nullable [] next() throws IOException {
            try {
                return switch (chunks.take()) {
                    case Chunk.Bytes chunk -> chunk.bytes;
                    case Chunk.End end -> null;
                    case Chunk.Broken broken -> throw new IOException("the message was broken off");
                };
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("stopped while a message came in", e);
            }
        }
    }
}
