package org.postern.deploy.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postern.deploy.Checkout;

/** The threat model names, for each threat to an arrow, the test that guards the answer. */
class ThreatModelTest {
    private static final String FILE = "docs/threat-model.md";
    private static final Pattern EDGE = Pattern.compile("(?m)^\\| ([a-z, -]+) \\| ([a-z -]+) \\| [0-9, ]+ \\|");
    private static final List<String> SERVICES = List.of("gateway", "message", "scan", "spam", "render", "push");
    // What the model calls otherwise than the chart; a service is called by its own name.
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("services", SERVICES),
            Map.entry("client", List.of("anybody")),
            Map.entry("mail servers", List.of("mail server")),
            Map.entry("Kafka", List.of("kafka")),
            Map.entry("PostgreSQL", List.of("database")),
            Map.entry("store", List.of("object store")),
            Map.entry("the web", List.of("web")),
            Map.entry("webhooks", List.of("web")),
            Map.entry("push services", List.of("web")),
            Map.entry("SIEM", List.of("siem")),
            Map.entry("ClamAV", List.of("clamav")),
            Map.entry("mirror", List.of("clamav-mirror")),
            Map.entry("signatures", List.of("clamav-mirror", "signatures")),
            Map.entry("Rspamd", List.of("rspamd")),
            Map.entry("Redis", List.of("redis")));

    @Test
    void everyNamedTestExists() {
        assertThat(NamedTests.in(Checkout.text(FILE))).hasSizeGreaterThan(20).isSubsetOf(NamedTests.existing());
    }

    @Test
    void everyThreatIsGuardedOrSaysWhoMust() {
        assertThat(rows()).hasSizeGreaterThan(20).allSatisfy(row -> {
            String[] cells = row.split("\\|", -1);
            assertThat(cells).hasSize(7);
            assertThat(cells[2].strip()).matches("[STRIDE](, [STRIDE])*");
            assertThat(NamedTests.in(cells[5]).isEmpty()).as(row).isEqualTo(cells[5].contains("*deployment*"));
        });
    }

    /** The edges that the policies of the chart draw, which {@code NetworkEdgesTest} holds to the same table. */
    @Test
    void everyEdgeOfTheChartHasItsThreats() {
        Set<String> modelled = rows().stream()
                .map(row -> row.split("\\|", -1)[1])
                .flatMap(ThreatModelTest::edges)
                .collect(Collectors.toSet());
        List<String> drawn = EDGE.matcher(Checkout.text("k8s/postern/README.md"))
                .results()
                .flatMap(row -> Arrays.stream(row.group(1).split(", ", -1))
                        // The test of the chart is a client like any other.
                        .filter(from -> !from.equals("test"))
                        .map(from -> from + " → " + row.group(2)))
                .toList();

        assertThat(drawn).hasSizeGreaterThan(40);
        assertThat(modelled).containsAll(drawn);
    }

    /** All edges that an arrow of the model stands for, by the names of the chart. */
    private static Stream<String> edges(String arrow) {
        String[] ends = arrow.strip().split(" → ", -1);
        return Arrays.stream(ends[0].split(", ", -1))
                .flatMap(ThreatModelTest::named)
                .flatMap(from -> Arrays.stream(ends[1].split(", ", -1))
                        .flatMap(ThreatModelTest::named)
                        .map(to -> from + " → " + to));
    }

    private static Stream<String> named(String word) {
        return NAMES.getOrDefault(word, List.of(word.replaceAll("-(service)?$", ""))).stream();
    }

    private static List<String> rows() {
        String text = Checkout.text(FILE);
        String section = text.substring(text.indexOf("## Every arrow"));
        return section.substring(0, section.indexOf("\n## ", 3))
                .lines()
                .filter(line -> line.startsWith("| ") && line.contains("→"))
                .toList();
    }
}
