package org.postern.benchmarks.door;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A process of a run, which listens on a port of loopback. */
final class Part implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final long MILLIS_A_TICK = 10;
    private static final int UTIME = 11;
    private static final int STIME = 12;

    private final String name;
    private final int port;
    private final Process process;

    private Part(String name, int port, Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    /** Starts one and waits until it listens. */
    static Part start(String name, int port, Path log, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Part part = new Part(name, port, process);
        for (int i = 0; i < START_SECONDS * 10; i++) {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended:\n" + Files.readString(log));
            }
            if (listens(port)) {
                return part;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        part.close();
        throw new IllegalStateException(name + " does not listen:\n" + Files.readString(log));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    /** Milliseconds of CPU time that it and its children have had. */
    long cpuMillis() {
        return pids().map(Part::ticks).sum() * MILLIS_A_TICK;
    }

    /** What of it lies in memory, in MiB, with its children. */
    long residentMebibytes() {
        return pids().map(pid -> Long.parseLong(field(pid, "status", "VmRSS:"))).sum() / 1024;
    }

    private LongStream pids() {
        return LongStream.concat(
                LongStream.of(process.pid()), process.descendants().mapToLong(ProcessHandle::pid));
    }

    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
        } catch (IOException e) {
            return 0;
        }
    }

    private static String field(long pid, String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.replaceAll("\\D", ""))
                    .orElse("0");
        } catch (IOException e) {
            return "0";
        }
    }

    @Override
    public void close() {
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
