package org.postern.e2e.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postern.e2e.collector.Collector;
import org.postern.testsupport.FreePorts;

/**
 * The running suite: started once for all tests by {@code ./postern up --detach} on free ports and in a folder of its
 * own, ended with the JVM.
 */
public final class Suite {
    private static final List<String> PORTS = List.of(
            "GATEWAY",
            "GATEWAY_MANAGEMENT",
            "MESSAGE",
            "MESSAGE_MANAGEMENT",
            "SCAN",
            "SCAN_MANAGEMENT",
            "SPAM",
            "SPAM_MANAGEMENT",
            "RENDER",
            "RENDER_MANAGEMENT",
            "PUSH",
            "PUSH_MANAGEMENT",
            "KAFKA",
            "KAFKA_CONTROLLER",
            "POSTGRES",
            "KEYCLOAK",
            "KEYCLOAK_MANAGEMENT",
            "CLAMD",
            "RSPAMD",
            "RSPAMD_CONTROLLER",
            "REDIS",
            "DNS",
            "MILTER",
            // Not of the suite: where the Postfix of the tests takes mail.
            "POSTFIX");
    private static final long START_MINUTES = 5;

    private static Optional<Suite> running = Optional.empty();
    private static Optional<String> failure = Optional.empty();

    private final Path root;
    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Collector collector = Collector.start();

    private Suite(Path root, Path home) {
        this.root = root;
        this.home = home;
    }

    /** The suite, started by the first test that asks. */
    public static synchronized Suite running() {
        if (failure.isPresent()) {
            // A second try would start all parts once more beside those that are there.
            throw new IllegalStateException("./postern up has failed before: " + failure.get());
        }
        if (running.isEmpty()) {
            Suite suite = new Suite(checkout(), temporaryHome());
            suite.choosePorts();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> suite.postern("down")));
            suite.bringUp();
            running = Optional.of(suite);
        }
        return running.get();
    }

    /** Starts what does not run. After one failure nothing is tried again: every test would wait for the same part. */
    public void bringUp() {
        String output = postern("up", "--detach", "--no-samples");
        if (!output.contains("up in")) {
            recordFailure(reasonFirst(output));
            throw new IllegalStateException("./postern up failed: " + reasonFirst(output));
        }
    }

    /** A summary of a failed test shows one line: the reason, which the verb gives last. */
    private static String reasonFirst(String output) {
        return output.lines()
                        .filter(line -> line.startsWith("postern: "))
                        .findFirst()
                        .orElse("it gave no reason") + "\n" + output;
    }

    private static synchronized void recordFailure(String output) {
        failure = Optional.of(output);
    }

    /** Where the services tell their traces. */
    public Collector collector() {
        return collector;
    }

    /** Where a part listens. */
    public int port(String part) {
        return Integer.parseInt(environment.get("POSTERN_" + part + "_PORT"));
    }

    /** Runs a verb of {@code ./postern} on this suite; its output, errors included. */
    public String postern(String... arguments) {
        List<String> command = new ArrayList<>(List.of(root.resolve("postern").toString()));
        command.addAll(List.of(arguments));
        try {
            Path log = Files.createTempFile(home, "postern-", ".log");
            ProcessBuilder process = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            process.environment().putAll(environment);
            return output(process.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String output(Process process, Path log) throws IOException {
        try {
            if (!process.waitFor(START_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    private void choosePorts() {
        environment.put("POSTERN_HOME", home.toString());
        environment.put("POSTERN_SKIP_BUILD", "1");
        // The same on every machine: no names from outside, and a list of suffixes that compiles at once.
        environment.put("POSTERN_DNS", "local");
        environment.put(
                "POSTERN_DNS_ZONES", root.resolve("e2e-tests/src/test/dns").toString());
        environment.put("POSTERN_RSPAMD_SHORT_TLDS", "1");
        environment.put("POSTERN_AOT_TRAINING", "0");
        // One clamd, which agrees with itself.
        environment.put("POSTERN_CLAMD_VERSIONS_AGREE_FOR", "2S");
        environment.put("POSTERN_RECALL_LOOK_EVERY", "1S");
        environment.put("POSTERN_PREVIEW_ENABLED", "true");
        environment.put("POSTERN_PREVIEW_TIME_LIMIT", "18S");
        environment.put("POSTERN_TRACING_ENDPOINT", collector.endpoint());
        // The push service of the test is here.
        environment.put("POSTERN_WEBPUSH_ALLOWED_NETWORKS", "127.0.0.0/8");
        for (String part : PORTS) {
            environment.put("POSTERN_" + part + "_PORT", Integer.toString(FreePorts.next()));
        }
        environment.put("POSTERN_QUARANTINE_RELEASE_HOST", "127.0.0.1");
        environment.put("POSTERN_QUARANTINE_RELEASE_PORT", String.valueOf(environment.get("POSTERN_POSTFIX_PORT")));
        environment.put("POSTERN_DIGEST_DOMAINS", "letters.example");
        environment.put("POSTERN_DIGEST_ORIGIN", "https://postern.example.org");
        environment.put("POSTERN_DIGEST_FROM", "quarantine@example.org");
        environment.put("POSTERN_DIGEST_TIMES", everyTenSeconds());
        environment.put("POSTERN_DIGEST_SWEEP_EVERY", "1S");
    }

    /** Letters to readers are sent at times of the day. */
    private static String everyTenSeconds() {
        return IntStream.range(0, 24 * 360)
                .mapToObj(i -> LocalTime.ofSecondOfDay(i * 10L).toString())
                .collect(Collectors.joining(","));
    }

    private static Path checkout() {
        String root = System.getProperty("postern.root");
        return root == null ? Path.of("..").toAbsolutePath().normalize() : Path.of(root);
    }

    private static Path temporaryHome() {
        try {
            return Files.createTempDirectory("postern-e2e-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file the suite keeps, for instance a secret or a log. */
    public String file(String... path) {
        try {
            return Files.readString(home.resolve(Path.of("", path)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder where the suite keeps its state. */
    public Path home() {
        return home;
    }

    /** {@code kill -9} of a part, with all its processes. */
    public void kill(String part) {
        long pid = Long.parseLong(file("run", part + ".pid").strip().split("\\s+")[0]);
        ProcessHandle process =
                ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException(part + " does not run"));
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
