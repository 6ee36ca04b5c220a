package org.postern.gateway.proxy;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A service behind the door that says what it received. Scan is away: its address answers nothing. */
public class Upstream implements QuarkusTestResourceLifecycleManager {
    static final List<String> HEADERS = new CopyOnWriteArrayList<>();

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
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
                "postern.gateway.services.message", address,
                "postern.gateway.services.spam", address,
                "postern.gateway.services.render", address,
                "postern.gateway.services.push", address,
                "postern.gateway.services.scan", "http://127.0.0.1:1");
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
