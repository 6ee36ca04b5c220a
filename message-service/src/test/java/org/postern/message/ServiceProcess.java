package org.postern.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.postern.events.MessageId;
import org.postern.testsupport.OidcProvider;

/** The packaged service as a process of its own, which can be killed. */
public final class ServiceProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Process process;
    private final int port;
    private final int management;
    private final int milter;

    private ServiceProcess(Process process, int port, int management, int milter) {
        this.process = process;
        this.port = port;
        this.management = management;
        this.milter = milter;
    }

    /** Starts one, with little memory, and does not wait until it is ready. */
    public static ServiceProcess start(String name, Map<String, String> configuration) {
        return start(List.of(), name, configuration);
    }

    /** Starts one for which that folder is a disk of its own, of that size. */
    public static ServiceProcess startOnSmallDisk(
            String name, Map<String, String> configuration, Path folder, String size) {
        String mount = "mount -t tmpfs -o size=" + size + " none " + folder + " && exec \"$@\"";
        return start(List.of("unshare", "-r", "-m", "sh", "-c", mount, "sh"), name, configuration);
    }

    private static ServiceProcess start(List<String> within, String name, Map<String, String> configuration) {
        try {
            int port = freePort();
            int management = freePort();
            int milter = freePort();
            List<String> command = new ArrayList<>(within);
            command.addAll(
                    List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx96m", "-XX:+UseSerialGC"));
            configuration.forEach((key, value) -> command.add("-D" + key + "=" + value));
            command.add("-Dquarkus.http.port=" + port);
            command.add("-Dquarkus.management.port=" + management);
            command.add("-Dpostern.milter.port=" + milter);
            command.add("-jar");
            command.add(JAR.toString());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", name + ".log").toFile())
                    .start();
            return new ServiceProcess(process, port, management, milter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens for mail servers. */
    public int milterPort() {
        return milter;
    }

    /** A folder as the process sees it. */
    public Path seesFolder(Path folder) {
        return Path.of("/proc", Long.toString(process.pid()), "root")
                .resolve(folder.toString().substring(1));
    }

    /** Waits until it is ready. */
    public ServiceProcess ready() {
        Awaitility.await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + management + "/q/health/ready"))
                    .build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        });
        return this;
    }

    /** Hands a mail in. */
    public HttpResponse<String> submit(String sender, byte[] mail, String... headers)
            throws IOException, InterruptedException {
        return submit(sender, BodyPublishers.ofByteArray(mail), headers);
    }

    /** Hands a mail in. */
    public HttpResponse<String> submit(String sender, BodyPublisher mail, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request("")
                .header("Content-Type", "message/rfc822")
                .header("Envelope-From", sender)
                .header("Envelope-To", "bob@example.org")
                .POST(mail);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Reads a verdict. */
    public HttpResponse<String> read(MessageId id) throws IOException, InterruptedException {
        return CLIENT.send(request("/" + id).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/messages" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + OidcProvider.token("mail-submit"));
    }

    /** The id in the answer to a submission. */
    public static MessageId id(HttpResponse<String> response) {
        String location = response.headers().firstValue("Location").orElseThrow();
        return MessageId.of(location.substring(location.lastIndexOf('/') + 1));
    }

    /** Kills it as kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
