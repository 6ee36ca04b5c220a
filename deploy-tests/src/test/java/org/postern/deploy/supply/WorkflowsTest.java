package org.postern.deploy.supply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.deploy.Checkout;

/** Workflows that can only run elsewhere are at least read: their form, and the rules that keep them harmless. */
class WorkflowsTest {
    private static final Pattern ACTION = Pattern.compile("[a-z-]+/[a-z-]+@(v?\\d+(\\.\\d+)*|[0-9a-f]{40})");
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
    void namesAVersionOfEachActionAndKeepsNoCredentials(Path file) {
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

    @Test
    void everyImageIsReleasedSignedAndScanned() {
        String release = Checkout.text(".github/workflows/release.yaml");
        JsonNode images = Checkout.parse(release).at("/jobs/images/strategy/matrix/image");
        assertThat(ImagesTest.images()).containsExactlyInAnyOrderElementsOf(ImagesTest.texts(images));
        assertThat(release)
                .contains("cosign sign --yes", "--type cyclonedx", "attest-build-provenance", "exit-code: \"1\"");
    }

    @Test
    void advisoriesThatDoNotApplyHaveAReason() {
        JsonNode vex = Checkout.tree("security/vex.openvex.json");
        assertThat(vex.path("@context").asText()).startsWith("https://openvex.dev/ns/");
        for (JsonNode statement : vex.path("statements")) {
            assertThat(statement.at("/vulnerability/name").asText()).matches("(CVE|GHSA)-.+");
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
