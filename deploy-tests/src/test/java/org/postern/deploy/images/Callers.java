package org.postern.deploy.images;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that come in one request after the other, each over a connection of its own, until they are told to stop. */
final class Callers implements AutoCloseable {
    private static final int BEFORE = 200;

    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Future<Integer>> clients = new ArrayList<>();

    Callers(int port) {
        this.port = port;
    }

    /** Has so many clients ask for a page, and returns when the first two hundred answers are there. */
    void call(String path, String expected, int count) {
        for (int i = 0; i < count; i++) {
            clients.add(threads.submit(() -> {
                int lost = 0;
                while (going.get()) {
                    if (isAnswered(path, expected)) {
                        answered.incrementAndGet();
                    } else {
                        lost++;
                    }
                }
                return lost;
            }));
        }
        while (answered.get() < BEFORE) {
            Thread.onSpinWait();
        }
    }

    void hangUp() {
        going.set(false);
    }

    /** How many requests had no answer, of all clients. */
    int unanswered() throws ExecutionException, InterruptedException {
        int lost = 0;
        for (Future<Integer> client : clients) {
            lost += client.get();
        }
        return lost;
    }

    @Override
    public void close() {
        hangUp();
        threads.close();
    }

    private boolean isAnswered(String path, String expected) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .formatted(path)
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 200") && answer.contains(expected);
        } catch (IOException cut) {
            return false;
        }
    }
}
