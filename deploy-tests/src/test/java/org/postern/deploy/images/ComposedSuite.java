package org.postern.deploy.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postern.deploy.Checkout;
import org.postern.deploy.Launcher;
import org.postern.deploy.chart.Manifests;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.yaml.snakeyaml.Yaml;

/**
 * The parts of {@code deploy/compose/compose.yaml}, run by Testcontainers: the same images, commands, settings, secrets,
 * bounds and health checks, on ports of their own on the loopback of whatever network Docker is in.
 */
final class ComposedSuite implements AutoCloseable {
    /** What services need, in no order: each of them starts without the others. */
    static final List<String> NEEDS = List.of("kafka", "postgres", "keycloak", "redis", "clamav", "rspamd");

    private static final JsonNode PARTS = Checkout.YAML
            .valueToTree(new Yaml().load(Checkout.text("deploy/compose/compose.yaml")))
            .path("services");
    private static final Pattern NUMBER = Pattern.compile("\\b\\d{4,5}\\b");
    private static final Pattern DEFAULT = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final String mark = "postern-it-" + UUID.randomUUID().toString().substring(0, 8) + "-";
    private final Path secrets;
    private final Map<String, String> ports = new LinkedHashMap<>();
    private final Map<String, GenericContainer<?>> containers = new LinkedHashMap<>();
    private final TreeSet<String> volumes = new TreeSet<>();
    private final NoNames names;

    ComposedSuite() throws Exception {
        secrets = Files.createTempDirectory("secrets");
        Path log = Files.createTempFile("secrets", ".log");
        Process made = new ProcessBuilder(
                        "bash",
                        "-euc",
                        "SECRETS=$1; . deploy/local/lib/machine.sh; . deploy/local/lib/containers.sh; make_container_secrets",
                        "bash",
                        secrets.toString())
                .directory(Checkout.path(".").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(made.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(made.exitValue()).as(Checkout.text(log)).isZero();
        Files.delete(log);
        // All at once, so that none is given out twice.
        List<ServerSocket> held = new ArrayList<>();
        for (String standard : Launcher.ports().values()) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(socket);
            ports.put(standard, "" + socket.getLocalPort());
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
        names = new NoNames(port("DNS"));
    }

    /** Starts what services need, and waits until each says that it is healthy. */
    void startNeeds() {
        NEEDS.forEach(part -> containers.put(part, container(part)));
        Startables.deepStart(containers.values()).join();
    }

    /** Starts a part, and waits until it says that it is healthy. */
    GenericContainer<?> start(String part) {
        GenericContainer<?> container = container(part);
        containers.put(part, container);
        container.start();
        return container;
    }

    GenericContainer<?> running(String part) {
        return containers.get(part);
    }

    /** What Compose bounds a part's memory by. */
    static String memory(String part) {
        return PARTS.at("/" + part + "/mem_limit").asText();
    }

    /** The command that Compose asks a part by how it is. */
    List<String> healthCheck(String part) {
        return texts(PARTS.at("/" + part + "/healthcheck/test")).stream()
                .skip(1)
                .toList();
    }

    /** The port that a part, or its management, listens on. */
    int port(String name) {
        return Integer.parseInt(ports.get(Launcher.ports().get(name)));
    }

    /** The secret of the provider's clients. */
    String clientSecret() {
        return Checkout.text(secrets.resolve("client.secret"));
    }

    /** Where the provider gives tokens. */
    String tokenUrl() {
        return "http://127.0.0.1:%d/realms/postern/protocol/openid-connect/token".formatted(port("KEYCLOAK"));
    }

    /** An access token with every role. */
    String token() throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_id=postern-cli&client_secret=" + clientSecret();
        HttpRequest request = HttpRequest.newBuilder(URI.create(tokenUrl()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return Checkout.parse(answer).path("access_token").asText();
        }
    }

    @Override
    public void close() throws IOException {
        containers.values().forEach(GenericContainer::stop);
        names.close();
        for (String volume : volumes) {
            try {
                Images.docker().removeVolumeCmd(volume).exec();
            } catch (DockerException e) {
                // Made by Docker when the first container that has it starts: there may be none.
                assertThat(e.getHttpStatus()).isEqualTo(404);
            }
        }
        for (Path secret : files(secrets)) {
            Files.delete(secret);
        }
        Files.delete(secrets);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private GenericContainer<?> container(String part) {
        JsonNode definition = PARTS.path(part);
        String image = definition.path("image").asText().replaceFirst(".*postern/([a-z-]+):.*", "$1");
        boolean mayExecute = definition.path("tmpfs").toString().contains("exec");
        GenericContainer<?> container = new GenericContainer<>(Images.name(image))
                .withNetworkMode("host")
                .withEnv(environment(definition))
                .withTmpFs(Map.of("/tmp", mayExecute ? "rw,exec,mode=1777" : "rw,mode=1777"))
                .withCreateContainerCmdModifier(command -> {
                    Images.fence(command, memory(part));
                    Images.hostOf(command).withBinds(binds(definition));
                    heal(command, part);
                })
                .waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE));
        if (definition.has("command")) {
            container.withCommand(texts(definition.path("command")).toArray(String[]::new));
        }
        return container;
    }

    private void heal(CreateContainerCmd command, String part) {
        List<String> test = new ArrayList<>(List.of("CMD"));
        test.addAll(healthCheck(part));
        command.withHealthcheck(new HealthCheck()
                .withTest(test)
                .withInterval(Duration.ofSeconds(5).toNanos())
                .withTimeout(Duration.ofSeconds(5).toNanos())
                .withRetries(6)
                .withStartPeriod(PATIENCE.toNanos()));
    }

    private Map<String, String> environment(JsonNode definition) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (definition.has("env_file")) {
            Checkout.text("deploy/compose/services.env")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> environment.put(
                            line.substring(0, line.indexOf('=')), here(line.substring(line.indexOf('=') + 1))));
        } else {
            Launcher.ports().forEach((name, standard) -> environment.put("POSTERN_" + name + "_PORT", here(standard)));
        }
        definition
                .path("environment")
                .properties()
                .forEach(variable -> environment.put(
                        variable.getKey(), here(variable.getValue().asText())));
        // Nothing is fetched: what clamd knows without it is enough here.
        environment.computeIfPresent("POSTERN_CLAMAV_UPDATE", (name, value) -> "0");
        return environment;
    }

    private List<Bind> binds(JsonNode definition) {
        List<Bind> binds = new ArrayList<>();
        for (String secret : texts(definition.path("secrets"))) {
            binds.add(
                    new Bind(secrets.resolve(secret).toString(), new Volume("/run/secrets/" + secret), AccessMode.ro));
        }
        for (String volume : texts(definition.path("volumes"))) {
            String[] sides = volume.split(":", -1);
            if (sides[0].equals("../")) {
                binds.add(new Bind(Checkout.path("deploy").toString(), new Volume(sides[1]), AccessMode.ro));
            } else {
                volumes.add(mark + sides[0]);
                binds.add(new Bind(mark + sides[0], new Volume(sides[1])));
            }
        }
        return binds;
    }

    /** A text of the file with the ports of here, on loopback alone. */
    private String here(String text) {
        return NUMBER.matcher(
                        DEFAULT.matcher(text).replaceAll("$1").replaceAll("\\b0\\.0\\.0\\.0\\b(?!/)", "127.0.0.1"))
                .replaceAll(number -> ports.getOrDefault(number.group(), number.group()));
    }

    private List<String> texts(JsonNode array) {
        return Manifests.elements(array)
                .map(JsonNode::asText)
                .map(text -> here(text.replace("$$", "$")))
                .toList();
    }
}
