package org.postern.spam.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hands the bytes that one thread reads to another, holding no more of them than a few buffers. A reader that has gone away
 * does not hold up the writer. The reader is called once it can read without waiting for each buffer: when all bytes are there,
 * or as many as are held. To be woken for each buffer would cost more than to read it.
 */
final class BytePipe {
    private static final int BUFFERS = 16;
    private static final byte[] END = new byte[0];
    private static final byte[] BROKEN = new byte[0];
    private static final long LOOK_MILLIS = 100;

    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(BUFFERS);
    private final Consumer<InputStream> reader;
    private volatile boolean readerGone;
    private boolean called;

    /**
     * @param reader begins to read in another thread; never called where the bytes break off before it would be. It closes the
     *     stream, which lets the writer go on without it
     */
    BytePipe(Consumer<InputStream> reader) {
        this.reader = reader;
    }

    /** Hands bytes on; waits while the reader is behind. */
    void write(byte[] bytes, int offset, int length) throws InterruptedException {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, offset, copy, 0, length);
        put(copy);
    }

    /** Ends the bytes: there are no more. */
    void end() throws InterruptedException {
        put(END);
        call();
    }

    /** Ends the bytes before they are all there; the reader gets an exception. Never waits. */
    void breakOff() {
        while (!queue.offer(BROKEN)) {
            queue.poll();
        }
    }

    private void call() {
        if (!called) {
            called = true;
            reader.accept(new Reader());
        }
    }

    private void put(byte[] bytes) throws InterruptedException {
        if (queue.offer(bytes)) {
            return;
        }
        call();
        while (!readerGone && !queue.offer(bytes, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            // The reader may have gone away meanwhile.
        }
    }

    private final class Reader extends InputStream {
        private byte[] current = new byte[0];
        private int position;
        private boolean ended;

        @Override
        public int read() throws IOException {
            return fill() ? current[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, current.length - position);
            System.arraycopy(current, position, into, offset, count);
            position += count;
            return count;
        }

        @SuppressWarnings("ReferenceEquality") // the marks are told from empty buffers by being themselves
        private boolean fill() throws IOException {
            while (!ended && position == current.length) {
                byte[] next;
                try {
                    next = queue.take();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("the analysis was stopped", e);
                }
                if (next == BROKEN) {
                    throw new IOException("the mail broke off");
                }
                ended = next == END;
                current = next;
                position = 0;
            }
            return !ended;
        }

        @Override
        public void close() {
            readerGone = true;
            queue.clear();
        }
    }
}
