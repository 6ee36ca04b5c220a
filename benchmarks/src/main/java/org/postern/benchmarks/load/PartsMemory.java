package org.postern.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the parts of the running suite that are JVMs hold. Linux only. */
final class PartsMemory {
    private static final long KIB = 1024;

    private final Path run;
    private final Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    /** @param run the folder with the process ids of the parts, {@code .postern/run} */
    PartsMemory(Path run) {
        this.run = run;
    }

    /**
     * @param alive bytes of the objects that are left after a full collection
     * @param resident bytes of the process that are in memory
     */
    record Held(long alive, long resident) {}

    /** By the name of the part. Each of them collects its garbage for it. */
    Map<String, Held> now() throws IOException, InterruptedException {
        Map<String, Held> held = new TreeMap<>();
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
                String pid = Files.readString(file).strip().split("\\s+")[0];
                Path process = Path.of("/proc", pid);
                if (Files.exists(process)
                        && Files.readString(process.resolve("comm")).strip().equals("java")) {
                    held.put(
                            file.getFileName().toString().replace(".pid", ""), new Held(alive(pid), resident(process)));
                }
            }
        }
        return held;
    }

    private long alive(String pid) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(jcmd.toString(), pid, "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        // The last line: Total, the number of objects, their bytes.
        String histogram = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IOException("no histogram of process " + pid + ": " + histogram));
        return Long.parseLong(total.strip().split("\\s+")[2]);
    }

    private static long resident(Path process) throws IOException {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]) * KIB)
                    .sum();
        }
    }
}
