package org.postern.push.eventsource;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.awaitility.core.ConditionTimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postern.events.MailAddress;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevocationScope;
import org.postern.events.identity.RevokedIdentity;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;
import org.postern.push.PushSecrets;
import org.postern.push.PushTopics;
import org.postern.push.stream.LiveStreams;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;

@QuarkusTest
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(PostgresDatabase.class)
@QuarkusTestResource(OidcProvider.class)
@QuarkusTestResource(PushSecrets.class)
class EventsIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TestHTTPResource("/v1/push/events")
    URI events;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Inject
    LiveStreams streams;

    @Inject
    DataSource database;

    @Inject
    MeterRegistry meters;

    private final String address = "u" + UUID.randomUUID() + "@example.org";

    @Test
    void aClientHearsOfAChangeOfItsAccountAndOfNoOther() throws Exception {
        try (Stream stream = listen("", null)) {
            // Until the consumer is at the end of the topic nothing is heard: the first that is, is a later one.
            await().atMost(SOON).pollInterval(Duration.ofMillis(300)).until(() -> {
                announce("eve@example.org", "foreign");
                announce(address, "s1");
                return !stream.events("state").isEmpty();
            });
            assertThat(stream.lines).noneMatch(line -> line.contains("foreign"));
            JsonPath change = JsonPath.from(stream.events("state").getFirst());
            assertThat(change.getString("'@type'")).isEqualTo("StateChange");
            Map<String, Map<String, String>> changed = change.getMap("changed");
            assertThat(changed.values()).containsExactly(Map.of("Email", "s1"));
        }
    }

    @Test
    void aClientThatComesBackHearsWhatItHasMissed() throws Exception {
        announce(address, "missed");
        // A stream that was opened too early hears nothing; the next one does.
        await().atMost(SOON).ignoreException(ConditionTimeoutException.class).untilAsserted(() -> {
            try (Stream stream = listen("", "0")) {
                await().atMost(Duration.ofSeconds(2))
                        .until(() -> !stream.events("state").isEmpty());
                assertThat(stream.events("state").getFirst()).contains("missed");
            }
        });
    }

    @Test
    void aStreamWhosePastCannotBeReadIsCutOffSoThatTheClientAsksAgain() throws Exception {
        execute("alter table push.account_state rename to account_state_away");
        try (Stream stream = listen("", "0")) {
            await().atMost(SOON).until(() -> stream.ended);
        } finally {
            execute("alter table push.account_state_away rename to account_state");
        }
        await().atMost(SOON).until(() -> streams.size() == 0);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aStreamEndsAfterTheFirstChangeWhereTheClientWantsThat() throws Exception {
        announce(address, "one");
        await().atMost(SOON).ignoreException(ConditionTimeoutException.class).untilAsserted(() -> {
            try (Stream stream = listen("?closeafter=state", "0")) {
                await().atMost(Duration.ofSeconds(2)).until(() -> stream.ended);
                assertThat(stream.events("state")).hasSize(1);
            }
        });
    }

    @Test
    void aClientGetsThePingsItAskedFor() throws Exception {
        try (Stream stream = listen("?ping=1", null)) {
            await().atMost(SOON).until(() -> !stream.events("ping").isEmpty());
            assertThat(JsonPath.from(stream.events("ping").getFirst()).getInt("interval"))
                    .isEqualTo(10);
        }
    }

    @Test
    void aStreamIsCutAtOnceWhenItsSessionOrSubjectIsRevokedAndNoOtherIs() throws Exception {
        JsonPath claims = JsonPath.from(new String(
                Base64.getUrlDecoder()
                        .decode(OidcProvider.tokenOf(address, "push-subscribe").split("\\.")[1]),
                StandardCharsets.UTF_8));
        Instant now = Instant.now();
        IdentityRevoked revoked = new IdentityRevoked(
                Tenant.DEFAULT,
                RevocationScope.SUBJECT,
                RevokedIdentity.subject(claims.getString("iss"), claims.getString("sub")),
                now.plusSeconds(60),
                now.plusSeconds(3600));
        String other = "u" + UUID.randomUUID() + "@example.org";
        try (Stream stream = listen("", null);
                Stream others = listen(other, "?ping=1", null);
                PushTopics topics = new PushTopics(bootstrap)) {
            // Until the consumer is at the end of the topic nothing is heard.
            await().atMost(SOON).pollInterval(Duration.ofMillis(300)).until(() -> {
                topics.tell(revoked);
                return stream.ended;
            });
            assertThat(stream.events("end")).hasSize(1).first().asString().contains("revoked");
            assertThat(others.ended).isFalse();
        }
    }

    @Test
    void aClientThatReadsTooSlowlyIsCutOffCountedAndForgotten() throws Exception {
        Counter cut = meters.counter("postern.push.streams.ended", "reason", "too-slow");
        double before = cut.count();
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(events.getHost(), events.getPort()));
            slow.getOutputStream()
                    .write(("GET /v1/push/events HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer "
                                    + OidcProvider.tokenOf(address, "push-subscribe") + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            AccountId account = AccountId.of(RecipientHashKey.ofBase64(PushSecrets.RECIPIENTS_KEY)
                    .hash(Tenant.DEFAULT, MailAddress.of(address)));
            Map<String, String> much = new HashMap<>();
            for (int i = 0; i < 32; i++) {
                much.put("Type" + i, "s".repeat(255));
            }
            StateChanged change = new StateChanged(Tenant.DEFAULT, account, much, Instant.now());
            await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
                for (int i = 0; i < 50; i++) {
                    streams.tell(change, i);
                }
                return cut.count() > before;
            });
            // Otherwise whoever is slow often enough takes the place of everybody.
            await().atMost(SOON).until(() -> streams.size() == 0);
        }
    }

    private static void announce(String account, String state) {
        assertThat(given().header("Authorization", "Bearer " + OidcProvider.token("push-publish"))
                        .contentType("application/json")
                        .body("{\"changed\":{\"" + account + "\":{\"Email\":\"" + state + "\"}}}")
                        .post("/v1/push/state-changes")
                        .statusCode())
                .isEqualTo(202);
    }

    private Stream listen(String query, @Nullable String lastEventId) throws IOException, InterruptedException {
        return listen(address, query, lastEventId);
    }

    private Stream listen(String who, String query, @Nullable String lastEventId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(events + query))
                .header("Authorization", "Bearer " + OidcProvider.tokenOf(who, "push-subscribe"));
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return new Stream(request.build());
    }

    /** An EventSource client. */
    private static final class Stream implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final InputStream body;
        private volatile boolean ended;

        Stream(HttpRequest request) throws IOException, InterruptedException {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            body = response.body();
            Thread.startVirtualThread(this::read);
        }

        private void read() {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // Closed by the test.
            }
            ended = true;
        }

        List<String> events(String name) {
            List<String> found = new CopyOnWriteArrayList<>();
            boolean wanted = false;
            for (String line : lines) {
                if (line.startsWith("event:")) {
                    wanted = line.substring(6).strip().equals(name);
                } else if (wanted && line.startsWith("data:")) {
                    found.add(line.substring(5));
                }
            }
            return found;
        }

        @Override
        public void close() throws IOException {
            body.close();
            client.shutdownNow();
        }
    }
}
