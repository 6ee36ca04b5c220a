package org.postern.deploy.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.deploy.Checkout;

/** Alerts and dashboards speak of metrics that exist. */
class MetricsTest {
    private static final String DASHBOARDS = "deploy/observability/dashboards";
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:postern|kafka|jvm|http|process|worker|probe)_[a-z0-9_]+\\b");
    private static final Pattern IN_CODE = Pattern.compile("\"(postern\\.[a-z.]+)\"");

    private static final Set<String> KNOWN = Checkout.text("deploy/observability/metrics.txt")
            .lines()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .collect(Collectors.toCollection(TreeSet::new));

    static List<Path> dashboards() {
        return Checkout.files(DASHBOARDS, name -> name.endsWith(".json"));
    }

    @Test
    void thereIsADashboardForEachView() {
        assertThat(dashboards().stream().map(file -> file.getFileName().toString()))
                .containsExactly(
                        "engines.json", "gateway.json", "jvm.json", "mail-servers.json", "pipeline.json", "push.json");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelAsksForWhatExists(Path dashboard) {
        JsonNode tree = Checkout.parse(Checkout.text(dashboard));
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : tree.path("panels")) {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as("a panel's id is its own")
                    .isTrue();
            assertThat(panel.path("title").asText()).isNotEmpty();
            assertThat(panel.path("targets")).isNotEmpty();
            for (JsonNode target : panel.path("targets")) {
                assertThat(metrics(target.path("expr").asText())).isNotEmpty().isSubsetOf(KNOWN);
            }
        }
        assertThat(ids).isNotEmpty();
        assertThat(tree.path("uid").asText()).startsWith("postern-");
    }

    @Test
    void everyAlertAsksForWhatExists() {
        assertThat(AlertsTest.alerts())
                .allSatisfy(alert -> assertThat(metrics(alert.path("expr").asText()))
                        .isNotEmpty()
                        .isSubsetOf(KNOWN));
    }

    @Test
    void ourOwnAreMadeInTheCode() {
        Set<String> made = new TreeSet<>();
        for (Path file : Checkout.files(".", name -> name.endsWith(".java") && name.contains("/src/main/"))) {
            var found = IN_CODE.matcher(Checkout.text(file));
            while (found.find()) {
                made.add(found.group(1).replace('.', '_'));
            }
        }
        assertThat(KNOWN.stream().filter(name -> name.startsWith("postern_"))).allSatisfy(name -> assertThat(made)
                .as("%s is made nowhere", name)
                .contains(name.replaceFirst("(_seconds)?(_(count|sum|max|total))?$", "")));
    }

    private static Set<String> metrics(String expression) {
        return METRIC.matcher(expression)
                .results()
                .map(result -> result.group())
                .collect(Collectors.toSet());
    }
}
