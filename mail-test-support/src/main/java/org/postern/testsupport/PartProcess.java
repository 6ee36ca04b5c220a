package org.postern.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

final class PartProcess {
    private final Process process;

    private PartProcess(Process process) {
        this.process = process;
    }

    static Path folder(String name) throws IOException {
        Path dir = Files.createTempDirectory(name);
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        return dir;
    }

    static PartProcess run(String script, Map<String, String> env, int port) throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("postern.root"));
        ProcessBuilder builder =
                new ProcessBuilder(root.resolve("deploy/local/" + script).toString());
        builder.environment().putAll(env);
        builder.redirectErrorStream(true);
        builder.redirectOutput(Path.of(env.get("POSTERN_PART_DIR"))
                .resolveSibling(script + "-" + port + ".log")
                .toFile());
        Process process = builder.start();
        for (int i = 0; i < 600; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return new PartProcess(process);
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(script + " ended");
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException(script + " does not listen");
    }

    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
