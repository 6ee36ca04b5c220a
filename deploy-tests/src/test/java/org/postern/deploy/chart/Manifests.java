package org.postern.deploy.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What Helm rendered: Kubernetes' manifests.
 *
 * @param all in the order of Helm
 */
public record Manifests(List<JsonNode> all) {
    /** A container, with the workload and the pod it is in. */
    record Container(JsonNode workload, JsonNode pod, JsonNode container, boolean ends) {
        @Override
        public String toString() {
            return id(workload) + " " + container.path("name").asText();
        }
    }

    static String id(JsonNode manifest) {
        return manifest.path("kind").asText() + "/"
                + manifest.at("/metadata/name").asText();
    }

    /** Those of a kind. */
    Stream<JsonNode> ofKind(String kind) {
        return all.stream().filter(manifest -> kind.equals(manifest.path("kind").asText()));
    }

    /** The one with this kind and name, as {@code KIND/NAME}. */
    public Optional<JsonNode> find(String id) {
        return all.stream().filter(manifest -> id.equals(id(manifest))).findFirst();
    }

    /** All containers, those that run once included. */
    List<Container> containers() {
        List<Container> found = new ArrayList<>();
        for (JsonNode manifest : all) {
            JsonNode pod = podOf(manifest);
            if (pod.isMissingNode()) {
                continue;
            }
            boolean once = List.of("CronJob", "Job", "Pod")
                    .contains(manifest.path("kind").asText());
            elements(pod.path("initContainers")).forEach(c -> found.add(new Container(manifest, pod, c, true)));
            elements(pod.path("containers")).forEach(c -> found.add(new Container(manifest, pod, c, once)));
        }
        return found;
    }

    /** The pod's specification that a manifest holds; missing where it holds none. */
    public static JsonNode podOf(JsonNode manifest) {
        return switch (manifest.path("kind").asText()) {
            case "Pod" -> manifest.path("spec");
            case "Deployment", "StatefulSet", "Job" -> manifest.at("/spec/template/spec");
            case "CronJob" -> manifest.at("/spec/jobTemplate/spec/template/spec");
            default -> manifest.at("/nowhere");
        };
    }

    /** The elements of an array; none where it is missing. */
    public static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
