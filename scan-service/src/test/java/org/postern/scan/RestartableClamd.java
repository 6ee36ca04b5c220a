package org.postern.scan;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real clamd that a test starts and kills; not running at first. */
public class RestartableClamd implements QuarkusTestResourceLifecycleManager {
    private static @Nullable Process clamd;
    private static int port;
    private static @Nullable Path folder;

    /** After the clamd that the other tests share, so that it is this one whose address the service is told. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            folder = Files.createTempDirectory("clamd");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Map.of("postern.clamd.host", "127.0.0.1", "postern.clamd.port", Integer.toString(port));
    }

    /** Gives clamd more signatures, known from its next start. */
    public static void addSignatures(Path file) throws IOException {
        Path database = Files.createDirectories(Path.of(String.valueOf(folder), "db"));
        Files.copy(file, database.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes a file of signatures, which a running clamd takes up by itself; without text it is taken away. */
    public static void setSignatures(String file, String text) throws IOException {
        Path database = Files.createDirectories(Path.of(String.valueOf(folder), "db"));
        if (text.isEmpty()) {
            Files.deleteIfExists(database.resolve(file));
        } else {
            // Whole or not at all: clamd gives up on half a line.
            Path half = Files.writeString(database.resolve(file + ".tmp"), text);
            Files.move(half, database.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Starts clamd and waits until it listens. */
    public static void launch() throws IOException {
        Path script = Path.of(System.getProperty("postern.root"), "deploy", "local", "run-clamd");
        ProcessBuilder builder = new ProcessBuilder(script.toString());
        builder.environment().put("POSTERN_PART_DIR", String.valueOf(folder));
        builder.environment().put("POSTERN_CLAMD_PORT", Integer.toString(port));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        clamd = builder.start();
        Awaitility.await("clamd listens").atMost(Duration.ofSeconds(60)).until(RestartableClamd::listens);
    }

    private static boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills clamd, as a crash would. */
    public static void kill() throws InterruptedException {
        Process running = clamd;
        if (running != null) {
            running.destroyForcibly();
            running.waitFor(10, TimeUnit.SECONDS);
            clamd = null;
        }
    }

    @Override
    public void stop() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
