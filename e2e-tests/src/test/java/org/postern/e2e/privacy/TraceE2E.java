package org.postern.e2e.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postern.e2e.collector.Collector;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Mails;
import org.postern.e2e.suite.Suite;

/** One message is one trace: through the door, over Kafka, to the engines and back, and to whatever comes after. */
class TraceE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void one_message_is_one_trace() {
        Response response = Door.submit(
                Mails.text("trace-canary-subject", "trace-canary-body\r\n"),
                "trace-canary-sender@example.com",
                "trace-canary-recipient@example.org");
        assertThat(response.statusCode()).isEqualTo(200);
        String trace = response.header("X-Request-Id");
        Collector collector = Suite.running().collector();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(collector.of(trace))
                .extracting(span -> span.service() + ": " + span.name())
                .contains(
                        "gateway: POST",
                        "message-service: receive",
                        "scan-service: process mail.received.v1",
                        "scan-service: ask clamav",
                        "spam-service: process mail.received.v1",
                        "spam-service: ask rspamd",
                        "message-service: process mail.received.v1",
                        "message-service: process mail.scanned.v1",
                        "message-service: process mail.assessed.v1",
                        "push-service: process mail.handed-over.v1"));
        // The services tell theirs every five seconds, each in its own time.
        await().atMost(PATIENCE).untilAsserted(() -> assertIsOneTree(collector.of(trace)));
        assertThat(collector.everything().contains("canary"))
                .as("personal data in a trace")
                .isFalse();
    }

    private static void assertIsOneTree(List<Collector.Span> spans) {
        Set<String> ids = spans.stream().map(Collector.Span::id).collect(Collectors.toSet());
        assertThat(spans)
                .as("the door is where it begins")
                .filteredOn(span -> span.parent().isEmpty())
                .extracting(Collector.Span::service)
                .containsExactly("gateway");
        assertThat(spans)
                .filteredOn(span -> !span.parent().isEmpty())
                .as("every other span belongs to one that is there")
                .allSatisfy(span -> assertThat(ids).contains(span.parent()));
    }
}
