package org.postern.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The CPU time of each part of the running suite, with the processes it started. Linux only. */
final class PartsCpu {
    /** What the kernel counts in; it has been 100 a second on every Linux that Java runs on. */
    private static final long MILLISECONDS_A_TICK = 10;

    private final Path run;
    private final Map<Long, String> beside;

    /** @param run the folder with the process ids of the parts, {@code .postern/run} */
    PartsCpu(Path run) {
        this(run, Map.of());
    }

    /** @param beside process ids of what stands beside the suite, with the names they have in the table */
    PartsCpu(Path run, Map<Long, String> beside) {
        this.run = run;
        this.beside = Map.copyOf(beside);
    }

    /** Milliseconds of CPU time since each part started. */
    Map<String, Long> now() throws IOException {
        Map<Long, Process> processes = processes();
        Map<Long, String> parts = parts();
        Map<String, Long> cpu = new TreeMap<>();
        parts.values().forEach(part -> cpu.put(part, 0L));
        processes.forEach((pid, process) -> {
            String part = partOf(pid, processes, parts);
            if (part != null) {
                cpu.merge(part, process.ticks() * MILLISECONDS_A_TICK, Long::sum);
            }
        });
        return cpu;
    }

    private record Process(long parent, long ticks) {}

    private Map<Long, String> parts() throws IOException {
        Map<Long, String> parts = new HashMap<>(beside);
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
                parts.put(
                        Long.parseLong(Files.readString(file).strip().split("\\s+")[0]),
                        file.getFileName().toString().replace(".pid", ""));
            }
        }
        return parts;
    }

    /** By parents, not by process groups: PostgreSQL's sessions lead groups of their own. */
    private static @Nullable String partOf(long pid, Map<Long, Process> processes, Map<Long, String> parts) {
        for (long at = pid; at > 1; ) {
            String part = parts.get(at);
            if (part != null) {
                return part;
            }
            Process process = processes.get(at);
            at = process == null ? 0 : process.parent();
        }
        return null;
    }

    private static Map<Long, Process> processes() throws IOException {
        Map<Long, Process> all = new HashMap<>();
        try (Stream<Path> folders = Files.list(Path.of("/proc"))) {
            for (Path folder : folders.filter(f -> f.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                read(folder, all);
            }
        }
        return all;
    }

    private static void read(Path folder, Map<Long, Process> all) {
        try {
            String stat = Files.readString(folder.resolve("stat"));
            // After the name, which is in brackets and may hold anything: state, parent ... utime is the 12th.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int field = 11; field <= 14; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            all.put(Long.parseLong(folder.getFileName().toString()), new Process(Long.parseLong(fields[1]), ticks));
        } catch (IOException e) {
            // It ended meanwhile.
        }
    }
}
