package org.postern.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A push service (RFC 8030) on the loopback interface, with an endpoint for each path. */
public final class PushSite implements AutoCloseable {
    private final HttpServer server;
    private final Queue<Push> pushes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, Queue<Integer>> answers = new ConcurrentHashMap<>();

    /** A push as it came in. */
    public record Push(String path, Map<String, List<String>> headers, byte[] body) {
        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    public PushSite() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        Integer status =
                answers.getOrDefault(path, new ConcurrentLinkedQueue<>()).poll();
        pushes.add(new Push(path, Map.copyOf(exchange.getRequestHeaders()), body));
        count.incrementAndGet();
        exchange.sendResponseHeaders(status == null ? 201 : status, -1);
        exchange.close();
    }

    public String endpoint(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The next answers of an endpoint; 201 when there are none left. */
    public void answer(String path, int... statuses) {
        Queue<Integer> queue = answers.computeIfAbsent(path, p -> new ConcurrentLinkedQueue<>());
        for (int status : statuses) {
            queue.add(status);
        }
    }

    /** Forgets the next answers of an endpoint. */
    public void forget(String path) {
        answers.remove(path);
    }

    public List<Push> pushes(String path) {
        return pushes.stream().filter(push -> push.path().equals(path)).toList();
    }

    /** How many pushes came so far. */
    public int count() {
        return count.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
