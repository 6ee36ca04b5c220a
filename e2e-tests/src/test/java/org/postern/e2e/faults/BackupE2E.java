package org.postern.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Mails;
import org.postern.e2e.suite.Suite;

/**
 * The whole way back: what {@code ./postern backup} copied is all that is left of an installation, and what was held, decided
 * and subscribed is there again.
 */
class BackupE2E {
    private static final String ALICE = "alice@example.org";

    @Test
    void what_was_held_decided_and_subscribed_comes_back_when_everything_else_is_lost() throws IOException {
        Suite suite = Suite.running();
        String domain = "b" + UUID.randomUUID().toString().substring(0, 8) + ".example";
        String list = created(Door.operator()
                        .contentType("application/json")
                        .body("{\"list\":\"block\",\"about\":\"" + domain + "\"}")
                        .post("/v1/lists"))
                .getString("id");
        JsonPath held = quarantined("carol@" + domain);
        String subscription = created(Door.user("alice")
                        .contentType("application/json")
                        .body(
                                "{\"deviceClientId\":\"backup\",\"url\":\"https://127.0.0.1:1/backup\",\"keys\":{\"p256dh\":"
                                        + "\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\","
                                        + "\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\"},\"types\":[\"EmailDelivery\"]}")
                        .post("/v1/push/subscriptions"))
                .getString("id");
        String id = held.getString("id");
        String explained =
                Door.operator().get("/v1/messages/" + id + "/explain").asString();
        byte[] body = Door.operator().get("/v1/messages/" + id + "/raw").asByteArray();
        Path copy = suite.home().resolve("copies").resolve("now");
        Files.createDirectories(copy.getParent());

        assertThat(suite.postern("backup", copy.toString())).contains("Move keys.tar");
        suite.postern("down");
        for (String folder : List.of("store", "postgres", "kafka", "redis", "secrets")) {
            Files.move(suite.home().resolve(folder), copy.resolveSibling("lost-" + folder));
        }
        assertThat(suite.postern("restore", copy.toString())).contains("restored into");
        suite.bringUp();
        Door.forgetTokens();

        Response again = Door.operator().get("/v1/messages/" + id);
        assertThat(again.statusCode()).as(again.asString()).isEqualTo(200);
        assertThat(again.jsonPath().getString("recipients[0].disposition")).isEqualTo("quarantine");
        assertThat(Door.operator().get("/v1/messages/" + id + "/explain").asString())
                .isEqualTo(explained);
        assertThat(Door.operator().get("/v1/messages/" + id + "/raw").asByteArray())
                .isEqualTo(body);
        assertThat(Door.operator().get("/v1/lists").jsonPath().getList("entries.id"))
                .contains(list);
        assertThat(Door.user("alice")
                        .get("/v1/push/subscriptions/" + subscription)
                        .statusCode())
                .isEqualTo(200);
        // And what comes now is judged: Kafka goes on where it was.
        assertThat(quarantined("dave@" + domain).getString("id")).isNotEqualTo(id);
    }

    /** A list counts within two seconds: until then the mail would be delivered. */
    private static JsonPath quarantined(String sender) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Door.submit(Mails.clean(), sender, ALICE).jsonPath(), verdict -> "quarantine"
                        .equals(verdict.getString("recipients[0].disposition")));
    }

    private static JsonPath created(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        return response.jsonPath();
    }
}
