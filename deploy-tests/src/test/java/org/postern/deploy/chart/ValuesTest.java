package org.postern.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.deploy.Checkout;
import org.postern.deploy.Generated;

/**
 * Each documented value does what it says. {@code values-scenes.yaml} changes values, a scene at a time, and says for each
 * where its change must show; the same place must not have shown it before.
 */
class ValuesTest {
    private static final DocumentedValues DOCUMENTED = DocumentedValues.read();

    /** A place in the manifests where a value must show. */
    record Expectation(String value, String in, String at, JsonNode is) {}

    record Scene(String name, String base, JsonNode set, List<Expectation> expectations) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Scene> scenes() {
        List<Scene> scenes = new ArrayList<>();
        for (JsonNode scene : Checkout.tree("deploy-tests/src/test/resources/values-scenes.yaml")) {
            scenes.add(new Scene(
                    scene.path("scene").asText(),
                    scene.path("base").asText("minimal"),
                    everywhere(scene),
                    expectations(scene)));
        }
        return scenes.stream();
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void doesWhatItSays(Scene scene) {
        Manifests before = Chart.rendered(scene.base());
        Manifests after = Chart.rendered(scene.base(), scene.set());
        assertThat(scene.expectations()).isNotEmpty().allSatisfy(expectation -> {
            assertThat(shows(after, expectation))
                    .as("%s with the value set", expectation)
                    .isTrue();
            assertThat(shows(before, expectation)).as("%s without", expectation).isFalse();
        });
    }

    @Test
    void noValueIsForgotten() {
        Set<String> tried = new TreeSet<>();
        scenes().forEach(scene -> scene.expectations().forEach(expectation -> tried.add(expectation.value())));
        assertThat(DOCUMENTED.paths()).containsExactlyInAnyOrderElementsOf(tried);
    }

    @Test
    void everyLeafIsDocumented() {
        assertThat(DOCUMENTED.undocumented()).isEmpty();
    }

    @Test
    void theReadmeListsThem() {
        Generated.section("k8s/postern/README.md", "values", DOCUMENTED.table());
    }

    private static boolean shows(Manifests manifests, Expectation expectation) {
        boolean absent =
                expectation.is().isTextual() && expectation.is().asText().equals("(absent)");
        var manifest = manifests.find(expectation.in());
        if (expectation.at().isEmpty()) {
            return manifest.isPresent() != absent;
        }
        if (manifest.isEmpty()) {
            return absent;
        }
        JsonNode found = at(manifest.get(), expectation.at());
        if (absent) {
            return found.isMissingNode();
        }
        if (expectation.is().isTextual() && expectation.is().asText().startsWith("~")) {
            String part = expectation.is().asText().substring(1);
            return (found.isTextual() ? found.asText() : found.toString()).contains(part);
        }
        return found.equals(expectation.is())
                || (found.isValueNode()
                        && found.asText().equals(expectation.is().asText()));
    }

    /** A JSON pointer in which {@code env:NAME} is the value of an environment variable. */
    private static JsonNode at(JsonNode manifest, String pointer) {
        if (pointer.startsWith("env:")) {
            return Manifests.elements(Manifests.podOf(manifest).at("/containers/0/env"))
                    .filter(variable ->
                            pointer.substring(4).equals(variable.path("name").asText()))
                    .findFirst()
                    .map(variable -> variable.has("value") ? variable.path("value") : variable.path("valueFrom"))
                    .orElse(manifest.at("/nowhere"));
        }
        JsonNode from = pointer.startsWith("pod:") ? Manifests.podOf(manifest) : manifest;
        return from.at(JsonPointer.compile(pointer.replaceFirst("^pod:", "")));
    }

    /** What is set for {@code each} is set for every part it names. */
    private static JsonNode everywhere(JsonNode scene) {
        JsonNode set = scene.has("set") ? scene.path("set") : Checkout.parse("{}");
        for (String part : parts(scene)) {
            JsonNode one = Checkout.parse("{}");
            ((com.fasterxml.jackson.databind.node.ObjectNode) one).set(part, scene.path("each"));
            set = Checkout.merged(set, one);
        }
        return set;
    }

    private static List<String> parts(JsonNode scene) {
        return Manifests.elements(scene.path("parts")).map(JsonNode::asText).toList();
    }

    private static List<Expectation> expectations(JsonNode scene) {
        List<Expectation> expectations = new ArrayList<>();
        for (JsonNode line : scene.path("expect")) {
            if (line.path("value").asText().startsWith("{part}")) {
                parts(scene).forEach(part -> expectations.add(expectation(line, part)));
            } else {
                expectations.add(expectation(line, ""));
            }
        }
        return expectations;
    }

    private static Expectation expectation(JsonNode line, String part) {
        Map<String, String> kinds = Map.of("clamav", "StatefulSet", "redis", "StatefulSet");
        String in = line.path("in")
                .asText()
                .replace("{kind}", kinds.getOrDefault(part, "Deployment"))
                .replace("{part}", part);
        JsonNode is = line.has("is") ? line.path("is") : Checkout.parse("true");
        if (is.isTextual()) {
            is = new com.fasterxml.jackson.databind.node.TextNode(is.asText().replace("{part}", part));
        }
        return new Expectation(
                line.path("value").asText().replace("{part}", part),
                in,
                line.path("at").asText(""),
                is);
    }
}
