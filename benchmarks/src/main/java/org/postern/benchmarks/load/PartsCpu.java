package org.postern.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The CPU time of each part of the running suite, with the processes it started. Linux only. */
final class PartsCpu {
    /** What the kernel counts in; it has been 100 a second on every Linux that Java runs on. */
    private static final long MILLISECONDS_A_TICK = 10;

    private final Path run;

    /** @param run the folder with the process ids of the parts, {@code .postern/run} */
    PartsCpu(Path run) {
        this.run = run;
    }

    /** Milliseconds of CPU time since each part started. */
    Map<String, Long> now() throws IOException {
        Map<Long, Long> byGroup = byGroup();
        Map<String, Long> parts = new TreeMap<>();
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
                // The part leads a process group of its own.
                long group = Long.parseLong(Files.readString(file).strip().split("\\s+")[0]);
                parts.put(file.getFileName().toString().replace(".pid", ""), byGroup.getOrDefault(group, 0L));
            }
        }
        return parts;
    }

    private static Map<Long, Long> byGroup() throws IOException {
        Map<Long, Long> groups = new TreeMap<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .forEach(process -> count(process, groups));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return groups;
    }

    private static void count(Path process, Map<Long, Long> groups) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            // After the name, which is in brackets and may hold anything: state, parent, group, ... utime is the 12th.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = 11; field <= 14; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            groups.merge(Long.parseLong(fields[2]), ticks * MILLISECONDS_A_TICK, Long::sum);
        } catch (IOException e) {
            // It ended meanwhile.
        }
    }
}
