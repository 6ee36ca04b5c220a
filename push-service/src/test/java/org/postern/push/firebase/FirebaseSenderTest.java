package org.postern.push.firebase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.TypeStates;
import org.postern.push.delivery.PushContent;
import org.postern.push.delivery.RefusedDestinationException;
import org.postern.push.subscription.Destination;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SubscriptionId;

/** The cloud is replaced at its HTTP interface; everything on this side of it is real. */
class FirebaseSenderTest {
    private static final String TOKEN = "a-registration-token-of-a-phone";
    private static final String ACCOUNT = "account-that-firebase-must-not-learn";

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer cloud;
    private FirebaseApp app;
    private FirebaseSender sender;
    private int status = 200;
    private String answer = "{\"name\":\"projects/p/messages/1\"}";
    private @Nullable String retryAfter;

    @BeforeEach
    void start() throws IOException {
        cloud = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        cloud.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (retryAfter != null) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        cloud.start();
        int port = cloud.getAddress().getPort();
        app = FirebaseApp.initializeApp(
                FirebaseOptions.builder()
                        .setProjectId("p")
                        .setCredentials(GoogleCredentials.create(
                                new AccessToken("t", Date.from(Instant.now().plusSeconds(3600)))))
                        .setHttpTransport(new NetHttpTransport.Builder()
                                .setConnectionFactory(url ->
                                        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + url.getPath())
                                                .toURL()
                                                .openConnection())
                                .build())
                        .build(),
                UUID.randomUUID().toString());
        sender = new FirebaseSender(
                FirebaseMessaging.getInstance(app), false, Duration.ofHours(24), Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        app.delete();
        cloud.stop(0);
    }

    @Test
    void firebaseLearnsTypesAndStatesAndAnAlias() {
        sender.send(subscription(), content());

        JsonPath message = JsonPath.from(received.getFirst());
        assertThat(message.getString("message.token")).isEqualTo(TOKEN);
        assertThat(message.getString("message.data.data"))
                .contains("StateChange", "EmailDelivery", "state1", "the-alias")
                .doesNotContain(ACCOUNT);
        assertThat(received.getFirst()).doesNotContain(ACCOUNT, "owner", "notification");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/fcm-answers.csv", delimiter = ';', useHeadersInDisplayName = true)
    void eachAnswerOfFirebaseIsUnderstood(
            int code, @Nullable String word, @Nullable String error, @Nullable String after, String result) {
        status = code;
        retryAfter = after;
        if (code != 200) {
            answer = error == null
                    ? "bad gateway"
                    : "{\"error\":{\"code\":" + code + ",\"status\":\"" + word + "\",\"details\":[{\"@type\":"
                            + "\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\"" + error
                            + "\"}]}}";
        }
        assertThat(sender.send(subscription(), content())).hasToString(result);
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        assertThatThrownBy(() -> sender.check(new Destination.Firebase("short")))
                .isInstanceOf(RefusedDestinationException.class)
                .hasMessageNotContaining("short");
    }

    private static PushContent content() {
        return new PushContent.StateChange(new TypeStates(Map.of("EmailDelivery", "state1")));
    }

    private static DeviceSubscription subscription() {
        return new DeviceSubscription(
                SubscriptionId.random(),
                Tenant.DEFAULT,
                "owner",
                AccountId.of(ACCOUNT),
                "device",
                new Destination.Firebase(TOKEN),
                "the-alias",
                null,
                Instant.now().plusSeconds(3600),
                true);
    }
}
