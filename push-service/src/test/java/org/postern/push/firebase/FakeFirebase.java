package org.postern.push.firebase;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Firebase replaced at its HTTP interface (FCM HTTP v1); everything on this side of it is real. */
final class FakeFirebase implements AutoCloseable {
    private static final Answer TAKEN = new Answer(200, "{\"name\":\"projects/p/messages/1\"}", null);

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final HttpServer server;
    private final FirebaseApp app;
    private volatile Answer usual = TAKEN;

    /** @param status 0 for no answer at all */
    record Answer(int status, String body, @Nullable String retryAfter) {
        static final Answer SILENCE = new Answer(0, "", null);

        /** As the table of FCM HTTP v1 has them; one that is not theirs where there is no code. */
        static Answer error(int status, @Nullable String word, @Nullable String code, @Nullable String retryAfter) {
            String body = code == null
                    ? "bad gateway"
                    : "{\"error\":{\"code\":" + status + ",\"status\":\"" + word + "\",\"details\":[{\"@type\":"
                            + "\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\"" + code
                            + "\"}]}}";
            return new Answer(status, body, retryAfter);
        }
    }

    FakeFirebase() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        int port = server.getAddress().getPort();
        app = FirebaseApp.initializeApp(
                FirebaseOptions.builder()
                        .setProjectId("p")
                        .setCredentials(new ServiceAccount())
                        .setThreadManager(new BoundedThreads(64))
                        .setHttpTransport(new NetHttpTransport.Builder()
                                .setConnectionFactory(url ->
                                        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + url.getPath())
                                                .toURL()
                                                .openConnection())
                                .build())
                        .build(),
                UUID.randomUUID().toString());
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(body);
        Answer answer = answers.getOrDefault(JsonPath.from(body).getString("message.token"), usual);
        if (answer.status() == 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
            return;
        }
        if (answer.retryAfter() != null) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    FirebaseMessaging messaging() {
        return FirebaseMessaging.getInstance(app);
    }

    /** The bodies of requests, in the order they came. */
    List<String> received() {
        return received;
    }

    /** What is answered from now on. */
    void answer(Answer answer) {
        usual = answer;
    }

    /** What is answered to one device. */
    void answer(String token, Answer answer) {
        answers.put(token, answer);
    }

    @Override
    public void close() {
        end.countDown();
        app.delete();
        server.stop(0);
    }

    /** Credentials that can be renewed, as those of a service account: after a 401 the SDK does that, and asks again. */
    static final class ServiceAccount extends GoogleCredentials {
        private static final long serialVersionUID = 1L;

        @Override
        public AccessToken refreshAccessToken() {
            return new AccessToken("t", Date.from(Instant.now().plusSeconds(3600)));
        }
    }
}
