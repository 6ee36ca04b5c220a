package org.postern.spam;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real Rspamd that a test starts and stops, with a name server that knows no names; not running at first. */
public class RestartableRspamd implements QuarkusTestResourceLifecycleManager {
    private static @Nullable Process rspamd;
    private static int port;
    private static int controllerPort;
    private static int dnsPort;
    private static @Nullable Path folder;

    private @Nullable Process named;

    @Override
    public Map<String, String> start() {
        try {
            port = freePort();
            controllerPort = freePort();
            dnsPort = freePort();
            folder = Files.createTempDirectory("rspamd");
            Path names = Files.createTempDirectory("named");
            named = run(
                    "run-named",
                    Map.of("POSTERN_PART_DIR", names.toString(), "POSTERN_DNS_PORT", Integer.toString(dnsPort)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        // Nothing is learned here.
        return Map.of("postern.rspamd.url", "http://127.0.0.1:" + port, "postern.learning.enabled", "false");
    }

    /** Starts Rspamd and waits until it listens. */
    public static void launch() throws IOException {
        rspamd = run(
                "run-rspamd",
                Map.of(
                        "POSTERN_PART_DIR", String.valueOf(folder),
                        "POSTERN_RSPAMD_PORT", Integer.toString(port),
                        "POSTERN_RSPAMD_CONTROLLER_PORT", Integer.toString(controllerPort),
                        "POSTERN_DNS_PORT", Integer.toString(dnsPort),
                        "POSTERN_RSPAMD_SHORT_TLDS", "1"));
        Awaitility.await("Rspamd listens").atMost(Duration.ofSeconds(60)).until(RestartableRspamd::listens);
    }

    /** Stops Rspamd and waits until nobody listens. */
    public static void kill() throws InterruptedException {
        Process running = rspamd;
        if (running != null) {
            end(running);
            rspamd = null;
            Awaitility.await("Rspamd is gone").atMost(Duration.ofSeconds(20)).until(() -> !listens());
        }
    }

    @Override
    public void stop() {
        try {
            kill();
            if (named != null) {
                end(named);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Process run(String script, Map<String, String> environment) throws IOException {
        Path file = Path.of(System.getProperty("postern.root"), "deploy", "local", script);
        ProcessBuilder builder = new ProcessBuilder(file.toString());
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
