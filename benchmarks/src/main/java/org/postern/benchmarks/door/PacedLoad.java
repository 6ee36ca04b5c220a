package org.postern.benchmarks.door;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests at evenly spaced instants, whether those before were answered or not, on connections that are kept. A latency
 * counts from the instant at which a request was due: where all connections are busy it waits here, and its wait is told.
 *
 * <p>One thread sends and parks in between, another one reads; nothing spins, so that what is measured keeps its CPU.
 */
final class PacedLoad implements AutoCloseable {
    private static final int ANSWER_BYTES = 8_192;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final int DIGITS = 3;

    private final Selector selector = Selector.open();
    private final List<Connection> all = new ArrayList<>();
    private final byte[] request;
    private final Thread reader;

    private final Object lock = new Object();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Long> overdue = new ArrayDeque<>();
    private Histogram latencies = new Histogram(DIGITS);
    private long bad;
    private String failure = "";

    /**
     * What came of it.
     *
     * @param latencies in nanoseconds, of all requests
     * @param bad answers that were not 200
     */
    record Result(Histogram latencies, long bad) {
        /** In milliseconds, the latency that so many of a hundred answers did not exceed. */
        double millis(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
        private long due;

        private Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private PacedLoad(byte[] request) throws IOException {
        this.request = request;
        this.reader = Thread.ofPlatform().name("paced-answers").daemon().unstarted(this::read);
    }

    /** So many connections to a port of loopback, for GETs of that path. */
    static PacedLoad open(int port, String path, String token, int connections) throws IOException {
        PacedLoad load = new PacedLoad(
                ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Connection connection = new Connection(channel);
            channel.register(load.selector, SelectionKey.OP_READ, connection);
            load.all.add(connection);
            load.idle.add(connection);
        }
        load.reader.start();
        return load;
    }

    /**
     * So many requests a second for so long.
     *
     * @throws IllegalStateException where a connection was closed, or answers did not come within ten seconds
     */
    Result run(double rate, int seconds) throws IOException {
        synchronized (lock) {
            latencies = new Histogram(DIGITS);
            bad = 0;
        }
        long count = Math.round(rate * seconds);
        double gap = 1e9 / rate;
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long due = start + (long) (i * gap);
            long early = due - System.nanoTime();
            while (early > 0) {
                LockSupport.parkNanos(early);
                early = due - System.nanoTime();
            }
            send(due);
        }
        return settled(System.nanoTime() + PATIENCE);
    }

    private Result settled(long until) {
        synchronized (lock) {
            while (idle.size() < all.size() && failure.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) {
                    throw new IllegalStateException(all.size() - idle.size() + " requests were not answered");
                }
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                }
            }
            if (!failure.isEmpty()) {
                throw new IllegalStateException(failure);
            }
            return new Result(latencies, bad);
        }
    }

    private void send(long due) throws IOException {
        Connection free;
        synchronized (lock) {
            free = idle.poll();
            if (free == null) {
                overdue.add(due);
                return;
            }
            free.due = due;
        }
        send(free);
    }

    private void send(Connection connection) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            connection.channel.write(bytes);
        }
    }

    private void read() {
        try {
            while (selector.isOpen()) {
                selector.select(key -> {
                    if (key.attachment() instanceof Connection connection) {
                        answered(connection);
                    }
                });
            }
        } catch (ClosedSelectorException e) {
            // The run is over.
        } catch (IOException | RuntimeException e) {
            fail(e.toString());
        }
    }

    private void answered(Connection connection) {
        try {
            if (connection.channel.read(connection.answer) < 0) {
                throw new IOException("a connection was closed");
            }
            String answer =
                    new String(connection.answer.array(), 0, connection.answer.position(), StandardCharsets.ISO_8859_1);
            if (whole(answer)) {
                long now = System.nanoTime();
                connection.answer.clear();
                settle(connection, now, answer.startsWith("HTTP/1.1 200"));
            }
        } catch (IOException e) {
            fail(e.toString());
        }
    }

    private void settle(Connection connection, long now, boolean good) throws IOException {
        Long next;
        synchronized (lock) {
            latencies.recordValue(now - connection.due);
            bad += good ? 0 : 1;
            next = overdue.poll();
            if (next == null) {
                idle.add(connection);
                lock.notifyAll();
            } else {
                connection.due = next;
            }
        }
        if (next != null) {
            send(connection);
        }
    }

    /** Whether nothing of an answer is missing. */
    private static boolean whole(String answer) throws IOException {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        String head = answer.substring(0, end + 2).toLowerCase(Locale.ROOT);
        int length = head.indexOf("\r\ncontent-length: ");
        if (length < 0) {
            throw new IOException("an answer without a length");
        }
        int digits = length + "\r\ncontent-length: ".length();
        return answer.length() >= end + 4 + Integer.parseInt(head.substring(digits, head.indexOf("\r\n", digits)));
    }

    private void fail(String why) {
        synchronized (lock) {
            failure = why;
            lock.notifyAll();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (Connection connection : all) {
            connection.channel.close();
        }
    }
}
