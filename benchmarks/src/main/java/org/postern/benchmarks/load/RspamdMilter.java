package org.postern.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.postern.testsupport.ListeningPort;

/**
 * What administrators run today: an Rspamd whose proxy speaks the milter protocol and scans by itself, with its antivirus
 * module before the clamd of the suite. Everything else of its configuration is that of the suite's own Rspamd.
 */
final class RspamdMilter implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(180);

    private final Process process;
    private final int port;

    private RspamdMilter(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param ports free ones, for the milter, the worker for checks, and the controller
     * @param script {@code deploy/local/run-rspamd}
     * @param engines environment that tells of the Redis and the name server of the suite
     */
    static RspamdMilter start(int[] ports, Path script, int clamd, Map<String, String> engines) throws IOException {
        Path folder = Files.createTempDirectory("rspamd-milter");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path override = Files.createDirectories(folder.resolve("etc/override.d"));
        Files.writeString(override.resolve("worker-proxy.inc"), proxy(ports[0]));
        Files.writeString(override.resolve("antivirus.conf"), antivirus(clamd));
        ProcessBuilder builder = new ProcessBuilder(script.toString());
        builder.environment().putAll(engines);
        builder.environment()
                .putAll(Map.of(
                        "POSTERN_PART_DIR", folder.toString(),
                        "POSTERN_RSPAMD_PORT", Integer.toString(ports[1]),
                        "POSTERN_RSPAMD_CONTROLLER_PORT", Integer.toString(ports[2])));
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            ListeningPort.await("Rspamd as a milter", ports[0], process, log, START);
        } catch (RuntimeException e) {
            process.destroy();
            throw e;
        }
        return new RspamdMilter(process, ports[0]);
    }

    /** As many processes as there are processors, each of which scans what it takes. */
    static String proxy(int port) {
        return """
            enabled = true;
            bind_socket = "127.0.0.1:%d";
            milter = yes;
            count = %d;
            upstream "local" { default = yes; self_scan = yes; }
            """.formatted(port, Runtime.getRuntime().availableProcessors());
    }

    /** The whole mail, as the suite has it scanned. */
    static String antivirus(int clamd) {
        return """
            clamav {
              type = "clamav";
              symbol = "CLAM_VIRUS";
              action = "reject";
              scan_mime_parts = false;
              servers = "127.0.0.1:%d";
            }
            """.formatted(clamd);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
