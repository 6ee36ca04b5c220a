package org.postern.gateway.replicas;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.postern.testsupport.FreePorts;

/** A gateway in a process of its own, as it is shipped. */
final class Replica {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private final int port = FreePorts.next();
    private final int management = FreePorts.next();
    private final List<String> command = new ArrayList<>();
    private Process process;

    Replica(Map<String, String> settings) {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx160m"));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dquarkus.management.port=" + management);
        command.add("-jar");
        command.add(JAR.toString());
        start();
    }

    void start() {
        try {
            Path log = Files.createTempFile(Path.of("target"), "replica-", ".log");
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("no gateway can be started", e);
        }
    }

    /** SIGTERM: it is to finish what it has begun. */
    void terminate() {
        process.destroy();
    }

    /** Whether it has ended, and its exit code; -1 while it runs. */
    int exitCode() {
        return process.isAlive() ? -1 : process.exitValue();
    }

    int port() {
        return port;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    boolean isReady(HttpClient client) {
        if (!process.isAlive()) {
            throw new IllegalStateException("the gateway has ended; see target/replica-*.log");
        }
        try {
            return client.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://127.0.0.1:" + management + "/q/health/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpRequest with(String token, String path) {
        return HttpRequest.newBuilder(at(path))
                .header("Authorization", "Bearer " + token)
                .build();
    }

    HttpRequest metrics() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/q/metrics"))
                .build();
    }

    HttpRequest logout(String token) {
        return HttpRequest.newBuilder(at("/oidc/backchannel-logout"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + token, StandardCharsets.US_ASCII))
                .build();
    }
}
