package org.postern.e2e.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Mails;
import org.postern.e2e.suite.Records;
import org.postern.e2e.suite.Suite;
import org.postern.events.codec.Topic;

/** A virus that no signature knew when the mail was delivered. */
class RecallE2E {
    private static final String LATE = "a text that becomes a virus tomorrow";

    @AfterEach
    void forgetTheSignature() throws IOException {
        Files.deleteIfExists(signatures());
    }

    @Test
    void a_delivered_mail_is_recalled_when_a_signature_for_it_comes() throws IOException {
        String id = Door.submit(Mails.text("Minutes", LATE + "\r\n"), "carol@example.com", "alice@example.org")
                .jsonPath()
                .getString("id");
        Awaitility.await("delivered").atMost(Duration.ofSeconds(60)).until(() -> "deliver"
                .equals(message(id).getString("recipients[0].disposition")));
        assertThat(message(id).getString("scan.verdict")).isEqualTo("clean");
        // The signatures that there were must be known, for others to be news.
        Awaitility.await("the signatures are known")
                .atMost(Duration.ofSeconds(60))
                .until(() -> "ended"
                        .equals(Door.operator().get("/v1/recall").jsonPath().getString("state")));

        Path half = Files.writeString(
                signatures().resolveSibling("late.tmp"),
                "Postern.E2e.Late:0:*:" + HexFormat.of().formatHex(LATE.getBytes(StandardCharsets.US_ASCII)) + "\n");
        Files.move(half, signatures(), StandardCopyOption.ATOMIC_MOVE);

        Awaitility.await("recalled with nobody touching it")
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(Records.of(Topic.MAIL_RECALLED))
                        .anySatisfy(record -> assertThat(record).contains(id).contains("infected")));
        JsonPath now = message(id);
        assertThat(now.getString("scan.verdict")).isEqualTo("infected");
        assertThat(now.getString("scan.findings[0].signature")).startsWith("Postern.E2e.Late");
        assertThat(now.getString("recipients[0].disposition")).isIn("reject", "quarantine");
    }

    private static JsonPath message(String id) {
        return Door.operator().get("/v1/messages/" + id).jsonPath();
    }

    private static Path signatures() {
        return Suite.running().home().resolve(Path.of("clamd", "db", "late.ndb"));
    }
}
