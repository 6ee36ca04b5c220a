package org.postern.deploy.supply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.postern.deploy.Checkout;
import org.postern.deploy.Generated;
import org.postern.deploy.Launcher;
import org.yaml.snakeyaml.Yaml;

/** The compose file starts what {@code ./postern up} starts, in the same way. */
class ComposeTest {
    // Read with its anchors and merges resolved, as Compose reads it.
    private static final JsonNode COMPOSE =
            Checkout.YAML.valueToTree(new Yaml().load(Checkout.text("deploy/compose/compose.yaml")));
    private static final Pattern SETTING = Pattern.compile("\\b([A-Z][A-Z_]+)=(\"[^\"]*\"|[^\\s\"]+)");

    /** What the launcher tells every service, with the ports and the paths that containers have. */
    @Test
    void tellsTheServicesWhatTheLauncherTells() {
        List<String> lines = new ArrayList<>(List.of(
                "# Made by ComposeTest from start_service of deploy/local/lib/parts.sh: what every service is told.",
                "QUARKUS_HTTP_HOST=127.0.0.1",
                "QUARKUS_MANAGEMENT_HOST=127.0.0.1",
                "JAVA_TOOL_OPTIONS=-XX:+UseSerialGC -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"));
        Matcher setting = SETTING.matcher(Launcher.function("start_service"));
        while (setting.find()) {
            String value = setting.group(2).replace("\"", "");
            boolean ownToEachService = value.startsWith("${!");
            boolean secret = value.contains("$(cat");
            if (!ownToEachService && !secret) {
                lines.add(setting.group(1) + "=" + inContainers(value));
            }
        }
        Generated.file("deploy/compose/services.env", String.join("\n", lines) + "\n");
        assertThat(lines).noneMatch(line -> line.contains("$"));
    }

    @Test
    void startsEveryPart() {
        List<String> parts = new ArrayList<>(Launcher.words("SERVICES"));
        parts.addAll(Launcher.words("ENGINES"));
        parts.remove("clamd");
        parts.add("clamav");
        assertThat(names(COMPOSE.path("services"))).containsAll(parts);
        assertThat(Checkout.files("deploy/compose", name -> name.endsWith(".yaml")))
                .as("each part is started by the script that ./postern up starts it with")
                .allSatisfy(file -> assertThat(Checkout.text(file))
                        .contains("run-kafka", "run-postgres", "run-keycloak", "run-clamd"));
    }

    @Test
    void fencesEveryContainerIn() {
        for (JsonNode service : COMPOSE.path("services")) {
            assertThat(service.path("user").asText()).isEqualTo("10001:10001");
            assertThat(service.path("read_only").asBoolean()).isTrue();
            assertThat(service.path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
            assertThat(service.path("security_opt").toString()).contains("no-new-privileges:true");
            assertThat(service.path("mem_limit").asText()).isNotEmpty();
            assertThat(service.path("restart").asText()).isEqualTo("unless-stopped");
            assertThat(service.has("privileged")).isFalse();
        }
    }

    /** Nothing is started before what it needs is healthy, and nothing is healthy that does not say so. */
    @Test
    void everyPartSaysWhetherItIsHealthy() {
        COMPOSE.path("services").properties().forEach(part -> {
            if (!part.getKey().equals("net")) {
                assertThat(part.getValue().at("/healthcheck/test"))
                        .as(part.getKey())
                        .isNotEmpty();
            }
        });
    }

    @Test
    void publishesToThisMachineOnly() {
        List<String> published = new ArrayList<>();
        for (JsonNode service : COMPOSE.path("services")) {
            service.path("ports").forEach(port -> published.add(port.asText()));
        }
        assertThat(published).hasSize(3).allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    /** Secrets come as files; a password in the environment can be read by whoever may ask Docker. */
    @Test
    void keepsSecretsOutOfTheEnvironment() {
        assertThat(Checkout.text("deploy/compose/services.env") + Checkout.text("deploy/compose/compose.yaml"))
                .doesNotContainPattern("(PASSWORD|SECRET|TOKEN|KEY)(: |=)(?!/run/secrets/)\\S");
        TreeSet<String> used = new TreeSet<>();
        for (JsonNode service : COMPOSE.path("services")) {
            service.path("secrets").forEach(secret -> used.add(secret.asText()));
        }
        Pattern.compile("/run/secrets/(\\S+)")
                .matcher(Checkout.text("deploy/compose/services.env"))
                .results()
                .forEach(file -> assertThat(used).contains(file.group(1)));
        assertThat(names(COMPOSE.path("secrets"))).containsExactlyInAnyOrderElementsOf(used);
    }

    private static String inContainers(String value) {
        String text =
                value.replace("$SECRETS", "/run/secrets").replace("$POSTERN_HOME/store", "/var/lib/postern/store");
        for (Map.Entry<String, String> port : Launcher.ports().entrySet()) {
            text = text.replace("$POSTERN_" + port.getKey() + "_PORT", port.getValue());
        }
        // What an administrator may set in the launcher's environment has its default here.
        return text.replaceAll("\\$\\{[A-Z_]+:-([^}]*)}", "$1");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
