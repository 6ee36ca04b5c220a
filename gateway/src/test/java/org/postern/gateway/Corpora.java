package org.postern.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Test cases of others, which lie beside the project where they lie at all. */
public final class Corpora {
    private static final Path FOLDER = Path.of(System.getenv().getOrDefault("POSTERN_CORPORA", "../../shared/corpora"));

    private Corpora() {}

    /** A file or folder of them; the test that asks is skipped where it is not there. */
    public static Path of(String name) {
        Path found = FOLDER.resolve(name);
        assumeTrue(
                Files.exists(found),
                "skipped: these are test cases of others, which this project may not copy and this machine does not have");
        return found;
    }
}
