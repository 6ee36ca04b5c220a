package org.postern.gateway.door;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A service behind the door that says what it received. Scan is away: its address answers nothing. */
public class Upstream implements QuarkusTestResourceLifecycleManager {
    /** Method and path of what came. */
    public static final List<String> SEEN = new CopyOnWriteArrayList<>();

    /** Streams of events that are open. */
    public static final AtomicInteger STREAMS = new AtomicInteger();

    private static final Duration EVERY = Duration.ofMillis(20);

    /** The headers of the last of them. */
    public static final List<String> HEADERS = new CopyOnWriteArrayList<>();

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/push/events", Upstream::events);
        server.createContext("/", exchange -> {
            SEEN.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
            HEADERS.clear();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> HEADERS.add(name.toLowerCase() + ": " + values.getFirst()));
            long count = 0;
            byte[] buffer = new byte[64 * 1024];
            for (int n = exchange.getRequestBody().read(buffer);
                    n >= 0;
                    n = exchange.getRequestBody().read(buffer)) {
                count += n;
            }
            byte[] answer = Long.toString(count).getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Server", "secret/1.0");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of(
                "postern.gateway.login.enabled",
                "true",
                "postern.gateway.login.key-file",
                keyFile().toString(),
                "postern.gateway.login.front-channel-logout",
                "true",
                "quarkus.oidc.login.credentials.secret",
                "secret-of-the-client",
                "postern.identity.revocations.enabled",
                "true",
                "postern.gateway.services.message",
                address,
                "postern.gateway.services.spam",
                address,
                "postern.gateway.services.render",
                address,
                "postern.gateway.services.push",
                address,
                "postern.gateway.services.scan",
                "http://127.0.0.1:1");
    }

    /** The bearer token that came with the last request. */
    public static String bearer() {
        return HEADERS.stream()
                .filter(header -> header.startsWith("authorization: Bearer "))
                .map(header -> header.substring("authorization: Bearer ".length()))
                .findFirst()
                .orElseThrow();
    }

    private static Path keyFile() {
        try {
            return Files.writeString(
                    Files.createTempFile("login", ".key"),
                    Base64.getEncoder().encodeToString(new byte[32]),
                    StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A stream of events that goes on until its client is gone. */
    private static void events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        STREAMS.incrementAndGet();
        try (OutputStream out = exchange.getResponseBody()) {
            while (!Thread.currentThread().isInterrupted()) {
                out.write(": here\n\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                LockSupport.parkNanos(EVERY.toNanos());
            }
        } finally {
            STREAMS.decrementAndGet();
        }
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
