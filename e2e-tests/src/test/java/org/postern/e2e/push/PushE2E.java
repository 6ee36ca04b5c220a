package org.postern.e2e.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Mails;
import org.postern.e2e.suite.Suite;
import org.postern.testsupport.NodePeer;
import org.postern.testsupport.PushDevice;
import org.postern.testsupport.PushSite;

/** A mail that is delivered wakes the devices of its recipient, and one that is not wakes nobody. */
class PushE2E {
    private static final String SENDER = "carol@example.com";
    private static final String ALICE = "alice@example.org";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final PushDevice device = new PushDevice();

    @Test
    void a_delivered_mail_wakes_the_device_of_its_recipient() {
        try (PushSite site = new PushSite()) {
            subscribe(site, "/phone");

            Door.submit(Mails.eicar(), SENDER, ALICE);
            Door.submit(Mails.clean(), SENDER, "bob@example.org");
            assertThat(Door.submit(Mails.clean(), SENDER, ALICE).statusCode()).isEqualTo(200);

            await().atMost(SOON).until(() -> site.pushes("/phone").size() == 2);
            String told = device.read(site.pushes("/phone").getLast().body());
            assertThat(JsonPath.from(told).getString("'@type'")).isEqualTo("StateChange");
            assertThat(told).contains("EmailDelivery").doesNotContain("alice", "carol");
        }
    }

    @Test
    void a_delivered_mail_is_heard_on_an_open_stream_through_the_gateway() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream stream = open(client, lines)) {
            await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(() -> {
                Door.submit(Mails.clean(), SENDER, ALICE);
                return lines.stream().anyMatch(line -> line.contains("EmailDelivery"));
            });
            assertThat(stream).isNotNull();
            client.shutdownNow();
        }
        assertThat(lines).contains("event:state");
    }

    @Test
    void a_device_that_knows_nothing_of_us_but_the_rfcs_hears_of_a_mail_by_push_and_by_stream() {
        String gateway = "http://127.0.0.1:" + Suite.running().port("GATEWAY");
        try (NodePeer node = NodePeer.start("device.mjs", Map.of("POSTERN_TOKEN", Door.userToken("alice")), gateway)) {
            await().atMost(SOON)
                    .until(() -> !node.told("verified").isEmpty()
                            && !node.told("listening").isEmpty());

            assertThat(Door.submit(Mails.clean(), SENDER, ALICE).statusCode()).isEqualTo(200);

            await().atMost(SOON).untilAsserted(() -> assertThat(node.told("state"))
                    .anyMatch(event -> event.toString().contains("EmailDelivery")));
            await().atMost(SOON).untilAsserted(() -> assertThat(node.told("push"))
                    .anyMatch(event -> event.toString().contains("StateChange")
                            && event.toString().contains("EmailDelivery")));
            assertThat(node.told("refused")).isEmpty();
            assertThat(node.told().toString()).doesNotContain("alice", "carol");
        }
    }

    private InputStream open(HttpClient client, List<String> lines) throws IOException, InterruptedException {
        String authorization = "Bearer " + Door.userToken("alice");
        HttpResponse<InputStream> response = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                + Suite.running().port("GATEWAY") + "/v1/push/events?types=*&closeafter=no&ping=30"))
                        .header("Authorization", authorization)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        Thread.startVirtualThread(() -> {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // Closed by the test.
            }
        });
        return response.body();
    }

    private void subscribe(PushSite site, String path) {
        Response subscription = Door.user("alice")
                .contentType("application/json")
                .body("{\"deviceClientId\":\"e2e\",\"url\":\"" + site.endpoint(path) + "\",\"keys\":{\"p256dh\":\""
                        + device.p256dh() + "\",\"auth\":\"" + device.auth() + "\"},\"types\":[\"EmailDelivery\"]}")
                .post("/v1/push/subscriptions");
        assertThat(subscription.statusCode()).as(subscription.asString()).isEqualTo(201);
        await().atMost(SOON).until(() -> !site.pushes(path).isEmpty());
        JsonPath question =
                JsonPath.from(device.read(site.pushes(path).getFirst().body()));
        assertThat(Door.user("alice")
                        .contentType("application/json")
                        .body("{\"verificationCode\":\"" + question.getString("verificationCode") + "\"}")
                        .post("/v1/push/subscriptions/"
                                + subscription.jsonPath().getString("id") + "/verify")
                        .statusCode())
                .isEqualTo(204);
    }
}
