package org.postern.deploy.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.postern.deploy.Checkout;
import org.postern.deploy.images.BegunRequests.Upload;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;

/**
 * The image of each service, run as Compose and the chart run it: nobody's, read-only, without a capability and bounded,
 * with the real Kafka, PostgreSQL, Keycloak, ClamAV, Rspamd and Redis around it. {@code ./postern images test} builds them and
 * finds or starts a Docker for this; where there is none it fails.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImagesIT {
    /** In the order in which the last test ends them: who calls others before those. */
    static final List<String> SERVICES = List.of("gateway", "push", "render", "spam", "scan", "message");

    private static final int IN_HAND = 8;
    // quarkus.shutdown.timeout and what the JVM itself takes.
    private static final int GRACE = 30;
    private static final Map<String, Start> STARTS = new HashMap<>();
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern STARTED = Pattern.compile("started in ([0-9.]+)s");
    private static final String MAIL = """
            From: sender@example.com\r
            To: alice@example.org\r
            Subject: hello\r
            Date: Sun, 29 Nov 2026 12:00:00 +0000\r
            Message-ID: <hello@example.com>\r
            \r
            Hello.\r
            """;
    private static final Map<String, Upload> UPLOADS = Map.of(
            "gateway", new Upload("/v1/messages", "message/rfc822", MAIL),
            "message", new Upload("/v1/messages", "message/rfc822", MAIL),
            "scan", new Upload("/v1/scan", "application/octet-stream", MAIL),
            "spam", new Upload("/v1/assess", "message/rfc822", MAIL),
            "render", new Upload("/v1/render", "text/html", "<p>Hello, <b>world</b>.</p>"),
            "push",
                    new Upload(
                            "/v1/push/state-changes",
                            "application/json",
                            "{\"@type\": \"StateChange\", \"changed\": {\"alice@example.org\": {\"Email\": \"s42\"}}}"));

    private static ComposedSuite suite;

    @BeforeAll
    static void start() throws Exception {
        suite = new ComposedSuite();
        suite.startNeeds();
        // One after the other: how long each takes by itself is written down.
        for (String service : SERVICES.reversed()) {
            STARTS.put(service, Start.of(suite.start(service)));
        }
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("images.md"), sizesAndStarts());
    }

    @AfterAll
    static void end() throws IOException {
        suite.close();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void runsAsNobodyOnAReadOnlyRootWithoutCapabilities(String service) {
        InspectContainerResponse inspected = Images.docker()
                .inspectContainerCmd(suite.running(service).getContainerId())
                .exec();

        assertThat(inspected.getConfig().getUser()).isEqualTo(Images.USER);
        assertThat(inspected.getHostConfig().getReadonlyRootfs()).isTrue();
        assertThat(inspected.getHostConfig().getCapDrop()).containsExactly(Capability.ALL);
        assertThat(inspected.getHostConfig().getMemory()).isEqualTo(Images.bytes(ComposedSuite.memory(service)));
        assertThat(inspected.getState().getRunning()).isTrue();
        assertThat(inspected.getState().getOOMKilled()).isFalse();
    }

    /** Compose gives a service no more than the chart does. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void needsNoMoreMemoryThanTheChartGives(String service) {
        String limit = Checkout.tree("k8s/postern/values.yaml")
                .at("/" + service + "/resources/limits/memory")
                .asText();

        assertThat(Images.bytes(ComposedSuite.memory(service))).isLessThanOrEqualTo(Images.bytes(limit));
    }

    /** By the program in the image: Compose, and whoever must run one inside, ask by it. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void isReadyAndAliveAndSaysSo(String service) throws Exception {
        List<String> probe = suite.healthCheck(service);
        assertThat(exec(service, probe).getExitCode()).isZero();

        assertThat(probe.getLast()).isEqualTo("/q/health/ready");
        List<String> live = new ArrayList<>(probe);
        live.set(live.size() - 1, "/q/health/live");
        assertThat(exec(service, live).getExitCode()).isZero();
        live.set(live.size() - 1, "/no-such-page");
        assertThat(exec(service, live).getExitCode()).isEqualTo(1);
    }

    /** A cache that does not fit would only be passed over: with this mode the JVM ends instead. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void startsFromTheCacheThatIsInTheImage(String service) throws Exception {
        ExecResult version = exec(
                service,
                List.of(
                        "/opt/java/bin/java",
                        "-XX:AOTCache=/app/app.aot",
                        "-XX:AOTMode=on",
                        "-Xmx64m",
                        "-cp",
                        "/app/quarkus-run.jar",
                        "-version"));

        assertThat(version.getStdout() + version.getStderr()).contains("25");
        assertThat(version.getExitCode()).isZero();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void hasNoShellAndNoTools(String service) {
        for (String program : List.of("sh", "bash", "/bin/sh", "busybox", "apt-get", "curl")) {
            assertThatThrownBy(() -> {
                        // Some engines tell it by the code alone.
                        int code = exec(service, List.of(program, "-c", "true")).getExitCode();
                        if (code != 0) {
                            throw new IOException("exit code " + code);
                        }
                    })
                    .as(program)
                    .isInstanceOfAny(IOException.class, DockerException.class);
        }
    }

    /** What {@code helm test} runs in a cluster, with the mails that it sends there. */
    @Test
    void judgesTheSamplesAsTheTestOfTheChartWants() throws Exception {
        ProcessBuilder script = new ProcessBuilder(
                        "sh", Checkout.path("k8s/postern/files/send-samples.sh").toString())
                .redirectErrorStream(true);
        script.environment()
                .putAll(Map.of(
                        "TOKEN_URL", suite.tokenUrl(),
                        "CLIENT_ID", "postern-cli-mail-submit",
                        "CLIENT_SECRET", suite.clientSecret(),
                        "GATEWAY_URL", "http://127.0.0.1:" + suite.port("GATEWAY"),
                        "SAMPLES", Checkout.path("k8s/postern/files/samples").toString()));
        Process run = script.start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.waitFor()).as(said).isZero();
        assertThat(said.lines()).hasSize(4).allMatch(line -> line.endsWith("as it should be"));
    }

    /**
     * SIGTERM while uploads are half in: each is answered as if nothing were, and then the service ends by itself. Who comes
     * in later is turned away, but for the gateway, which takes everybody until everybody may know that it ends.
     */
    @ParameterizedTest
    @FieldSource("SERVICES")
    @Order(Integer.MAX_VALUE)
    void answersWhatIsInHandWhenItEnds(String service) throws Exception {
        int port = suite.port(service.toUpperCase(Locale.ROOT));
        String id = suite.running(service).getContainerId();
        try (ExecutorService stopper = Executors.newSingleThreadExecutor();
                BegunRequests begun = new BegunRequests(port, suite.token(), UPLOADS.get(service), IN_HAND);
                Callers callers = new Callers(port)) {
            if (service.equals("gateway")) {
                callers.call("/.well-known/security.txt", "Contact:", IN_HAND);
            }
            Future<Long> ended = stopper.submit(() -> Images.end(id, GRACE));

            // It waits for what is in hand.
            assertThatThrownBy(() -> ended.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            callers.hangUp();

            assertThat(begun.finish()).hasSize(IN_HAND).allSatisfy(answer -> assertThat(answer)
                    .matches("HTTP/1.1 20[02] .*"));
            assertThat(callers.unanswered()).isZero();
            assertThat(ended.get()).isIn(Images.ENDED);
        }
    }

    private static ExecResult exec(String service, List<String> command) throws Exception {
        return suite.running(service).execInContainer(command.toArray(String[]::new));
    }

    /** Time on a clock says how busy the machine is; what a start takes of its processors says how much there is to do. */
    private static String sizesAndStarts() throws IOException {
        StringBuilder table = new StringBuilder(
                "| image | size | starts in | CPU until healthy | resident then |\n|---|---|---|---|---|\n");
        for (String service : SERVICES.reversed()) {
            String image = service.equals("gateway") ? service : service + "-service";
            Start start = STARTS.get(service);
            assertThat(start.seconds()).as(service).isLessThan(120);
            table.append("| %s | %d MB | %.1f s | %.1f s | %d MB |\n"
                    .formatted(
                            image,
                            Images.inspect(image).getSize() / 1_000_000,
                            start.seconds(),
                            start.processor(),
                            start.resident() / 1_000_000));
        }
        return table.toString();
    }

    /** What a service took to start, by its own log and by the kernel. */
    private record Start(double seconds, double processor, long resident) {
        private static final int TICKS = 100;

        static Start of(GenericContainer<?> container) throws IOException {
            Matcher started = STARTED.matcher(container.getLogs());
            assertThat(started.find()).as("says how long it took").isTrue();
            Long pid = Images.docker()
                    .inspectContainerCmd(container.getContainerId())
                    .exec()
                    .getState()
                    .getPidLong();
            // After the name, which may hold anything, come the state and then 11 fields up to the two times.
            String[] stat = Files.readString(Path.of("/proc/" + pid + "/stat"))
                    .replaceFirst(".*\\) ", "")
                    .split(" ", -1);
            Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
            assertThat(resident.find()).isTrue();
            return new Start(
                    Double.parseDouble(started.group(1)),
                    (Double.parseDouble(stat[11]) + Double.parseDouble(stat[12])) / TICKS,
                    Long.parseLong(resident.group(1)) * 1024);
        }
    }
}
