package org.postern.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

final class PartProcess {
    private final Process process;
    private final Path log;

    private PartProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Path folder(String name) throws IOException {
        Path dir = Files.createTempDirectory(name);
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        return dir;
    }

    static PartProcess run(String script, Map<String, String> env, int port) throws IOException {
        Path root = Path.of(System.getProperty("postern.root"));
        ProcessBuilder builder =
                new ProcessBuilder(root.resolve("deploy/local/" + script).toString());
        builder.environment().putAll(env);
        builder.redirectErrorStream(true);
        Path log = Path.of(env.get("POSTERN_PART_DIR")).resolveSibling(script + "-" + port + ".log");
        builder.redirectOutput(log.toFile());
        Process process = builder.start();
        ListeningPort.await(script, port, process, log, Duration.ofSeconds(60));
        return new PartProcess(process, log);
    }

    /** Where it writes. */
    Path log() {
        return log;
    }

    /** Ends it with all its processes, as a crash would. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        await();
    }

    private void await() {
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
