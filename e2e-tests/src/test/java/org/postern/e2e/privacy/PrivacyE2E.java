package org.postern.e2e.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Mails;
import org.postern.e2e.suite.Records;
import org.postern.e2e.suite.Suite;
import org.postern.events.codec.Topic;

/** Canaries in address, subject and body of a mail turn up in none of the places where they must not. */
class PrivacyE2E {
    private static final String SENDER = "canary-sender@example.com";
    private static final String RECIPIENT = "canary-recipient@example.org";
    private static final List<String> CANARIES =
            List.of("canary-sender", "canary-recipient", "canary-subject", "canary-body", "192.0.2.10");

    @Test
    void nothing_personal_is_in_logs_metrics_or_other_topics() throws IOException {
        Response response = Door.submit(Mails.text("canary-subject", "canary-body\r\n"), SENDER, RECIPIENT);
        assertThat(response.statusCode()).isEqualTo(200);
        JsonPath verdict = response.jsonPath();
        Door.operator().get("/v1/messages/" + verdict.getString("id") + "/rendition");
        Door.submit(Mails.text("canary-subject", "canary-body\r\n"), "canary-sender is no address", RECIPIENT);

        assertThat(logs()).isNotEmpty().allSatisfy((name, text) -> assertNoCanary(name, text));
        for (String service : List.of("GATEWAY", "MESSAGE", "SCAN", "SPAM", "RENDER", "PUSH")) {
            assertNoCanary(service + " metrics", metrics(service));
        }
        for (Topic topic : Topic.values()) {
            if (topic.eventType() != null && topic != Topic.MAIL_RECEIVED) {
                assertNoCanary(topic.topicName(), String.join("\n", Records.of(topic)));
            }
        }
    }

    @Test
    void an_error_does_not_repeat_what_was_sent() {
        Response response = Door.submit(Mails.clean(), "canary-sender is no address", RECIPIENT);
        assertThat(response.statusCode()).isEqualTo(400);
        assertNoCanary("problem document", response.asString());
    }

    private static void assertNoCanary(String place, String text) {
        for (String canary : CANARIES) {
            assertThat(text.contains(canary)).as("%s in %s", canary, place).isFalse();
        }
    }

    private static Map<String, String> logs() throws IOException {
        Path folder = Suite.running().home();
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> logs = new LinkedHashMap<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
                // Kafka's own segments end so too, and hold mail.received, where personal data may be.
                if (!file.getFileName().toString().matches("\\d{20}\\.log")) {
                    logs.put(
                            folder.relativize(file).toString(),
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
            return logs;
        }
    }

    private static String metrics(String service) {
        return RestAssured.given()
                .baseUri("http://127.0.0.1")
                .port(Suite.running().port(service + "_MANAGEMENT"))
                .get("/q/metrics")
                .asString();
    }
}
