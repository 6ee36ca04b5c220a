package org.postern.message.jmap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that answers what RFC 8620 and RFC 8621 say of trouble, which a real one that is well does not show. What is not
 * trouble is tested with a real one.
 */
final class FaultyServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String lastBody = "";

    private record Answer(int status, Map<String, String> fields, String body) {}

    FaultyServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answers.put("/.well-known/jmap", new Answer(307, Map.of("Location", "/session"), ""));
        answers.put("/session", new Answer(200, Map.of(), session(url() + "/api")));
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it was asked: paths, and whether somebody logged in. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** The body of what it was asked last. */
    String lastBody() {
        return lastBody;
    }

    void answers(String path, int status, Map<String, String> fields, String body) {
        answers.put(path, new Answer(status, fields, body));
    }

    /** To the next calls it responds with one method. */
    void responds(String method, String arguments) {
        answers("/api", 200, Map.of(), "{\"methodResponses\":[[\"" + method + "\"," + arguments + ",\"0\"]]}");
    }

    static String session(String api) {
        return "{\"capabilities\":{\"urn:ietf:params:jmap:mail\":{}},\"apiUrl\":\"" + api
                + "\",\"downloadUrl\":\"/blob/{accountId}/{blobId}?type={type}&name={name}\",\"primaryAccounts\":"
                + "{\"urn:ietf:params:jmap:mail\":\"A\"},\"accounts\":{\"A\":{\"name\":\"Bob@example.org\","
                + "\"isPersonal\":true,\"accountCapabilities\":{\"urn:ietf:params:jmap:mail\":{}}}}}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        lastBody = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        asked.add(path + (exchange.getRequestHeaders().containsKey("Authorization") ? " with login" : ""));
        Answer answer = answers.getOrDefault(path, new Answer(404, Map.of(), ""));
        answer.fields().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
