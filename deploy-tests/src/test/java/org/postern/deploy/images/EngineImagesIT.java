package org.postern.deploy.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.deploy.Checkout;
import org.postern.deploy.chart.Chart;
import org.postern.deploy.chart.Manifests;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;

/** The images of ClamAV and Rspamd, with the commands, the configuration and the probes that the chart gives them. */
class EngineImagesIT {
    private static final String EICAR = Checkout.text("deploy/local/samples/virus.eml");
    // What mark-signatures answers by.
    private static final String SET = "postern-signature-set-7c1e5a90";
    private static final int GRACE = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void clamdFindsAVirusTellsOfNewSignaturesAndEndsWhenItIsTold() throws Exception {
        JsonNode pod = pod("StatefulSet/p-postern-clamav");
        Path config = files("ConfigMap/p-postern-clamav", pod);
        Path signatures = open(folder.resolve("signatures"));
        for (Path seed : Checkout.files("deploy/engines/clamav/seed", name -> true)) {
            Files.copy(seed, signatures.resolve(seed.getFileName()));
        }
        List<Bind> binds = List.of(
                new Bind(config.toString(), new Volume("/etc/postern-clamav"), AccessMode.ro),
                new Bind(signatures.toString(), new Volume("/var/lib/clamav")));
        try (GenericContainer<?> first = container("clamav", initContainer(pod, "first-mark"), binds);
                GenericContainer<?> clamd = container("clamav", runs(pod, "clamd"), binds)) {
            // Ends by itself, and with an error it would not be started.
            first.withStartupCheckStrategy(new OneShotStartupCheckStrategy()).start();
            clamd.withExposedPorts(3310).waitingFor(Wait.forListeningPort()).start();

            assertThat(clamd.execInContainer(texts(runs(pod, "clamd").at("/readinessProbe/exec/command")))
                            .getExitCode())
                    .isZero();
            assertThat(scan(clamd, EICAR)).contains("Eicar").endsWith("FOUND");
            assertThat(scan(clamd, "nothing of note")).endsWith("OK");
            String before = scan(clamd, SET);
            assertThat(before).contains("Postern.Set.").endsWith("FOUND");

            // Another container of the pod: it shares clamd's network.
            try (GenericContainer<?> marks = container("clamav", runs(pod, "own-signatures"), binds)) {
                marks.withNetworkMode("container:" + clamd.getContainerId()).start();
                Files.writeString(
                        signatures.resolve("own.ndb"), "Own.Words:0:*:" + hex("words that nobody else knows") + "\n");

                await(() -> !scan(clamd, SET).equals(before));
                assertThat(scan(clamd, SET)).contains("Postern.Set.").endsWith("FOUND");
                assertThat(scan(clamd, "words that nobody else knows")).contains("Own.Words");
                assertThat(Images.end(marks, GRACE)).isIn(Images.ENDED);
            }
            assertThat(Images.end(clamd, GRACE)).isIn(Images.ENDED);
        }
    }

    @Test
    void rspamdJudgesAndEndsWhenItIsTold() throws Exception {
        JsonNode pod = pod("Deployment/p-postern-rspamd");
        Path config = files("ConfigMap/p-postern-rspamd", pod);
        JsonNode it = runs(pod, "rspamd");
        List<Bind> binds = List.of(
                new Bind(
                        config.resolve("local.d").toString(), new Volume("/etc/postern-rspamd/local.d"), AccessMode.ro),
                new Bind(
                        config.resolve("override.d").toString(),
                        new Volume("/etc/postern-rspamd/override.d"),
                        AccessMode.ro),
                new Bind(open(folder.resolve("state")).toString(), new Volume("/var/lib/rspamd")));
        try (GenericContainer<?> rspamd = container("rspamd", it, binds);
                HttpClient client = oldClient()) {
            rspamd.withExposedPorts(11333)
                    .waitingFor(
                            Wait.forHttp(it.at("/readinessProbe/httpGet/path").asText())
                                    .forPort(11333)
                                    .withStartupTimeout(PATIENCE))
                    .start();
            HttpRequest check = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:%d/checkv2".formatted(rspamd.getMappedPort(11333))))
                    .POST(HttpRequest.BodyPublishers.ofString(Checkout.text("deploy/local/samples/spam.eml")))
                    .build();

            JsonNode answer = Checkout.parse(
                    client.send(check, HttpResponse.BodyHandlers.ofString()).body());

            assertThat(answer.path("symbols").has("GTUBE"))
                    .as(answer.toString())
                    .isTrue();
            assertThat(Images.end(rspamd, GRACE)).isIn(Images.ENDED);
        }
    }

    private static GenericContainer<?> container(String image, JsonNode it, List<Bind> binds) {
        List<String> command = new ArrayList<>(List.of(texts(it.path("command"))));
        for (String argument : texts(it.path("args"))) {
            command.add(argument.replaceAll("\\$\\(RSPAMD_[A-Z]+_PASSWORD\\)", "password"));
        }
        return new GenericContainer<>(Images.name(image))
                .withCommand(command.toArray(String[]::new))
                .withTmpFs(Map.of("/tmp", "rw,mode=1777"))
                .withStartupTimeout(PATIENCE)
                .withCreateContainerCmdModifier(create -> {
                    Images.fence(create, it.at("/resources/limits/memory").asText());
                    Images.hostOf(create).withBinds(binds);
                });
    }

    private static JsonNode pod(String workload) {
        return Manifests.podOf(Chart.rendered("minimal").find(workload).orElseThrow());
    }

    private static JsonNode runs(JsonNode pod, String name) {
        return named(pod.path("containers"), name);
    }

    private static JsonNode initContainer(JsonNode pod, String name) {
        return named(pod.path("initContainers"), name);
    }

    private static JsonNode named(JsonNode array, String name) {
        return Manifests.elements(array)
                .filter(element -> name.equals(element.path("name").asText()))
                .findFirst()
                .orElseThrow();
    }

    /** The files of a ConfigMap, where the pod's volumes put them: under the volume's name where there is more than one. */
    private Path files(String configMap, JsonNode pod) throws IOException {
        JsonNode data = Chart.rendered("minimal").find(configMap).orElseThrow().path("data");
        Path root = open(folder.resolve("config"));
        for (JsonNode volume : pod.path("volumes")) {
            if (!volume.has("configMap")) {
                continue;
            }
            JsonNode items = volume.at("/configMap/items");
            if (items.isMissingNode()) {
                data.properties().forEach(file -> write(root, file.getKey(), file.getValue()));
            } else {
                Path under = open(root.resolve(volume.path("name").asText() + ".d"));
                items.forEach(item -> write(
                        under,
                        item.path("path").asText(),
                        data.path(item.path("key").asText())));
            }
        }
        return root;
    }

    private static void write(Path folder, String name, JsonNode text) {
        try {
            Files.writeString(folder.resolve(name), text.asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder that whoever runs in a container may use. */
    private Path open(Path path) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.setPosixFilePermissions(
                Files.createDirectories(path), PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** Rspamd takes an offer of HTTP/2 for the end of a request, and then judges a mail without a word. */
    private static HttpClient oldClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static String scan(GenericContainer<?> clamd, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", clamd.getMappedPort(3310)), 5_000);
            socket.setSoTimeout(30_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write("nINSTREAM\n".getBytes(StandardCharsets.US_ASCII));
            out.writeInt(bytes.length);
            out.write(bytes);
            out.writeInt(0);
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        Instant latest = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertThat(Instant.now()).isBefore(latest);
            Thread.onSpinWait();
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String[] texts(JsonNode array) {
        return Manifests.elements(array).map(JsonNode::asText).toArray(String[]::new);
    }
}
