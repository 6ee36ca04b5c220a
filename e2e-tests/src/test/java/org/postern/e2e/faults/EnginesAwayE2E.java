package org.postern.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Mails;
import org.postern.e2e.suite.Suite;

/** An engine that is away delays mail. It never lets it pass. */
class EnginesAwayE2E {
    @AfterEach
    void bringEverythingBack() {
        Suite.running().bringUp();
    }

    @ParameterizedTest
    @CsvSource({"clamd,scan.verdict", "rspamd,assessment.class"})
    void mail_waits_for_an_engine_that_is_down_and_is_judged_when_it_is_back(String engine, String fact) {
        double missedBefore = deadlinesMissed();
        Suite.running().kill(engine);

        Response accepted = Door.submit(Mails.clean(), "carol@example.com", "alice@example.org");
        assertThat(accepted.statusCode()).as(accepted.asString()).isIn(200, 202);
        String id = accepted.statusCode() == 200
                ? accepted.jsonPath().getString("id")
                : accepted.header("Location").replaceFirst(".*/", "");

        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            JsonPath interim = read(id);
            assertThat(interim.getInt("revision")).isEqualTo(1);
            assertThat(interim.getString("recipients[0].disposition")).isEqualTo("defer");
            assertThat(interim.getBoolean("settled")).isFalse();
        });
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(deadlinesMissed()).isGreaterThan(missedBefore));

        Suite.running().bringUp();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonPath settled = read(id);
            assertThat(settled.getInt("revision")).isEqualTo(2);
            assertThat(settled.getString(fact)).isIn("clean", "ham");
            assertThat(settled.getString("recipients[0].disposition")).isEqualTo("deliver");
        });
    }

    private static double deadlinesMissed() {
        return RestAssured.given()
                .baseUri("http://127.0.0.1")
                .port(Suite.running().port("MESSAGE_MANAGEMENT"))
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("postern_deadline_missed_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static JsonPath read(String id) {
        return Door.operator().get("/v1/messages/" + id).jsonPath();
    }
}
