package org.postern.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The packaged service of the module under test as a process of its own, which can be killed. */
public final class PackagedService implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Process process;
    private final int port;
    private final int management;

    private PackagedService(Process process, int port, int management) {
        this.process = process;
        this.port = port;
        this.management = management;
    }

    /**
     * Starts one and does not wait until it is ready.
     *
     * @param name of its log in the module's {@code target}
     * @param heap its largest heap, as {@code -Xmx} has it
     */
    public static PackagedService start(String name, String heap, Map<String, String> configuration) {
        return start(List.of(), name, heap, configuration);
    }

    /** Starts one by another command, which is given the whole command line of the service. */
    public static PackagedService start(
            List<String> within, String name, String heap, Map<String, String> configuration) {
        try {
            int port = FreePorts.next();
            int management = FreePorts.next();
            List<String> command = new ArrayList<>(within);
            command.addAll(List.of(
                    ProcessHandle.current().info().command().orElse("java"), "-Xmx" + heap, "-XX:+UseSerialGC"));
            configuration.forEach((key, value) -> command.add("-D" + key + "=" + value));
            command.add("-Dquarkus.http.port=" + port);
            command.add("-Dquarkus.management.port=" + management);
            command.add("-jar");
            command.add(JAR.toString());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", name + ".log").toFile())
                    .start();
            return new PackagedService(process, port, management);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is ready. */
    public PackagedService ready() {
        Awaitility.await("the service is ready")
                .atMost(Duration.ofSeconds(120))
                .ignoreExceptions()
                .until(() -> {
                    HttpRequest request = HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + management + "/q/health/ready"))
                            .build();
                    return CLIENT.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
                });
        return this;
    }

    /** A request to a path of it, of a bearer of that token. */
    public HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
    }

    /** Its answer to a request. */
    public HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** A folder as the process sees it. */
    public Path seesFolder(Path folder) {
        return Path.of("/proc", Long.toString(process.pid()), "root")
                .resolve(folder.toString().substring(1));
    }

    /** Kills it as kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
