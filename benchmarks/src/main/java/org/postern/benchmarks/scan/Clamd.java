package org.postern.benchmarks.scan;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A clamd of this run, with the configuration of the suite and its seed signatures. */
final class Clamd implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final long NANOS_A_TICK = 10_000_000;
    /** After the name of the process, which is in brackets and may hold anything. */
    private static final int UTIME = 11;

    private static final int STIME = 12;

    private final int port;
    private final Path folder;
    private final Process process;

    private Clamd(int port, Path folder, Process process) {
        this.port = port;
        this.folder = folder;
        this.process = process;
    }

    static Clamd start(Path checkout) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("scan-bench");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                        checkout.resolve("deploy/local/run-clamd").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("POSTERN_PART_DIR", folder.toString());
        builder.environment().put("POSTERN_CLAMD_PORT", Integer.toString(port));
        builder.environment().put("POSTERN_CLAMAV_UPDATE", "0");
        Clamd clamd = new Clamd(port, folder, builder.start());
        for (int i = 0; i < START_SECONDS * 10; i++) {
            if (clamd.listens()) {
                return clamd;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        clamd.close();
        throw new IllegalStateException("clamd does not listen: " + Files.readString(folder.resolve("log")));
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** The CPU time that it has had, in nanoseconds, counted in hundredths of a second. */
    long cpu() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * NANOS_A_TICK;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
