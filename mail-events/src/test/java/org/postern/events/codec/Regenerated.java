package org.postern.events.codec;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the files that tests compare with, when asked to by {@code -Dpostern.regenerate=true}. */
final class Regenerated {
    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private Regenerated() {}

    static void file(Path path, JsonNode content) throws IOException {
        if (Boolean.getBoolean("postern.regenerate")) {
            Files.writeString(path, EventJson.mapper().writer(PRINTER).writeValueAsString(content) + "\n");
        }
    }
}
