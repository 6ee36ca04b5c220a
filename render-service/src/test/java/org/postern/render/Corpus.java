package org.postern.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** All HTML among the resources of the tests: newsletters, vectors, what is hostile, what changes when it is read again. */
public final class Corpus {
    private static final Path RESOURCES = Path.of("src/test/resources");

    private Corpus() {}

    /** The HTML by a name for it, in an order that stays. */
    public static Map<String, String> all() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        for (String folder : new String[] {"newsletters", "hostile", "golden", "repeats"}) {
            try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".html"))
                        .sorted()
                        .toList()) {
                    all.put(folder + "/" + file.getFileName(), Files.readString(file));
                }
            }
        }
        for (String line : Files.readAllLines(RESOURCES.resolve("vectors/vectors.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                all.put("vector " + line.substring(0, Math.min(60, line.length())), line);
            }
        }
        return all;
    }
}
