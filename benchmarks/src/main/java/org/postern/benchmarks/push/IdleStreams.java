package org.postern.benchmarks.push;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many EventSource connections that hear nothing, to the push-service of a running suite: what they take of its memory, and
 * how fast one change reaches all of them. Linux only.
 */
final class IdleStreams {
    private static final int REST_SECONDS = 40;
    private static final int PATIENCE_SECONDS = 120;

    private final InetSocketAddress service;
    private final byte[] request;
    private final List<SocketChannel> streams = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile String refused = "";

    private IdleStreams(int port, String token) {
        this.service = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.request = ("GET /v1/push/events?types=*&closeafter=no&ping=0 HTTP/1.1\r\nHost: push\r\nAccept:"
                        + " text/event-stream\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The port of push-service, its process id and how many streams; the tokens of a reader and of a mail server are in
     * POSTERN_READER and POSTERN_PUBLISHER, the reader's address in POSTERN_ADDRESS.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        Path status = Path.of("/proc", arguments[1], "status");
        int count = Integer.parseInt(arguments[2]);
        System.out.printf("resident memory of push-service: %s before any stream%n", resident(status));
        IdleStreams streams = new IdleStreams(port, System.getenv("POSTERN_READER"));
        Selector selector = Selector.open();
        Thread reader = Thread.ofPlatform().daemon().start(() -> streams.read(selector));
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            streams.open(selector);
            if (i % 500 == 499) {
                streams.await(streams.open, i + 1);
            }
        }
        streams.await(streams.open, count);
        System.out.printf("%d streams opened in %d s%n", count, seconds(begun));
        System.out.printf("resident memory of push-service: %s with them%n", resident(status));
        Thread.sleep(REST_SECONDS * 1_000L);
        System.out.printf(
                "resident memory of push-service: %s after %d s of rest; %d streams ended by themselves%n",
                resident(status), REST_SECONDS, streams.ended.get());
        long announced = System.nanoTime();
        announce(port);
        streams.await(streams.told, count);
        System.out.printf(
                "one change was heard by all %d of them %d ms after it was announced%n",
                count, (System.nanoTime() - announced) / 1_000_000);
        System.out.printf("resident memory of push-service: %s after that%n", resident(status));
        reader.interrupt();
        for (SocketChannel stream : streams.streams) {
            stream.close();
        }
    }

    private void open(Selector selector) throws IOException {
        SocketChannel stream = SocketChannel.open(service);
        stream.write(ByteBuffer.wrap(request));
        stream.configureBlocking(false);
        selector.wakeup();
        stream.register(selector, SelectionKey.OP_READ);
        streams.add(stream);
    }

    private void read(Selector selector) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try {
            while (!Thread.currentThread().isInterrupted()) {
                selector.select(10);
                for (SelectionKey key : selector.selectedKeys()) {
                    take((SocketChannel) key.channel(), key, buffer.clear());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            System.err.println("a stream broke: " + e.getClass().getSimpleName());
        }
    }

    private void take(SocketChannel stream, SelectionKey key, ByteBuffer buffer) throws IOException {
        int length = stream.read(buffer);
        if (length < 0) {
            ended.incrementAndGet();
            key.cancel();
            return;
        }
        String text = new String(buffer.array(), 0, length, StandardCharsets.US_ASCII);
        if (text.startsWith("HTTP/1.1 200")) {
            open.incrementAndGet();
        } else if (text.startsWith("HTTP/1.1")) {
            refused = text.substring(0, Math.min(text.length(), 16)).strip();
        }
        if (text.contains("StateChange")) {
            told.incrementAndGet();
        }
    }

    private void await(AtomicInteger counter, int wanted) throws InterruptedException {
        long begun = System.nanoTime();
        while (counter.get() < wanted) {
            if (!refused.isEmpty()) {
                throw new IllegalStateException("a stream was refused: " + refused);
            }
            if (seconds(begun) > PATIENCE_SECONDS) {
                throw new IllegalStateException(counter.get() + " of " + wanted + ", " + ended.get() + " have ended");
            }
            Thread.sleep(1);
        }
    }

    private static void announce(int port) throws IOException, InterruptedException {
        String body = "{\"@type\":\"StateChange\",\"changed\":{\"" + System.getenv("POSTERN_ADDRESS")
                + "\":{\"Email\":\"bench" + System.nanoTime() + "\"}}}";
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/push/state-changes"))
                            .header("Authorization", "Bearer " + System.getenv("POSTERN_PUBLISHER"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 202) {
                throw new IllegalStateException("the change was answered by " + answer.statusCode());
            }
        }
    }

    private static long seconds(long since) {
        return (System.nanoTime() - since) / 1_000_000_000;
    }

    private static String resident(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1_024 + " MiB";
            }
        }
        throw new IOException("the kernel does not say what the process has");
    }
}
