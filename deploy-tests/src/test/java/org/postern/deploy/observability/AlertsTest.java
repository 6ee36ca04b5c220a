package org.postern.deploy.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postern.deploy.Checkout;

/** The alerts: Prometheus' own tool runs their cases, and each has a runbook. */
class AlertsTest {
    private static final String FILE = "deploy/observability/alerts.yaml";
    private static final String CASES = "deploy/observability/alerts.test.yaml";

    @Test
    void fireInTheirCasesAndOnlyThere() throws Exception {
        String said = promtool("test", "rules", "alerts.test.yaml");
        assertThat(said).contains("SUCCESS");
    }

    @Test
    void everyAlertHasACaseInWhichItFires() {
        Set<String> fired = new TreeSet<>();
        for (JsonNode test : Checkout.tree(CASES).path("tests")) {
            for (JsonNode rule : test.path("alert_rule_test")) {
                if (!rule.path("exp_alerts").isEmpty()) {
                    fired.add(rule.path("alertname").asText());
                }
            }
        }
        assertThat(fired)
                .containsExactlyInAnyOrderElementsOf(alerts().stream()
                        .map(alert -> alert.path("alert").asText())
                        .toList());
    }

    @Test
    void everyAlertHasARunbook() {
        String operations = Checkout.text("docs/operations.md");
        assertThat(alerts()).hasSizeGreaterThan(10).allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(operations).contains("### " + name + "\n");
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asText()).isNotEmpty();
        });
    }

    static List<JsonNode> alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        Checkout.tree(FILE).path("groups").forEach(group -> group.path("rules").forEach(alerts::add));
        return alerts;
    }

    private static String promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(Checkout.path("deploy/observability").toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (java.io.IOException e) {
            throw new AssertionError("promtool is not installed. On Debian or Ubuntu: apt-get install prometheus", e);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
