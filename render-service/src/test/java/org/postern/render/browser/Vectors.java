package org.postern.render.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the vectors lie: the project's own, and those of others where they are at hand. */
final class Vectors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    /** Those of the project: one in each line of a file that is not a comment, and each file of hostile HTML. */
    static List<Vector> own() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/vectors/vectors.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                vectors.add(new Vector(line.substring(0, Math.min(60, line.length())), line));
            }
        }
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/hostile"))) {
            for (Path file : files.sorted().toList()) {
                vectors.add(new Vector(file.getFileName().toString(), Files.readString(file)));
            }
        }
        return vectors;
    }

    /** The folder of the collections of others, or null where it is not at hand. */
    static @Nullable Path corpora() {
        String named = System.getenv("POSTERN_CORPORA");
        String root = Objects.requireNonNullElse(System.getProperty("postern.root"), "..");
        Path folder = named == null ? Path.of(root).resolve("../shared/corpora").normalize() : Path.of(named);
        return Files.isDirectory(folder) ? folder : null;
    }

    /** Those of the collections. */
    static List<Vector> ofOthers(Path corpora) throws IOException {
        List<Vector> vectors = new ArrayList<>();
        for (String file : List.of(
                "dompurify/cases.json",
                "h5sc/cases.json",
                "owasp-java-html-sanitizer/payloads.json",
                "owasp-java-html-sanitizer/antisamy_cases.json",
                "owasp-xss-evasion/cases.json")) {
            for (JsonNode entry : JSON.readTree(corpora.resolve(file).toFile())) {
                vectors.add(new Vector(
                        entry.path("id").asText(), entry.path("payload").asText()));
            }
        }
        Path tester = corpora.resolve("email-privacy-tester/ept.html");
        vectors.add(new Vector("email-privacy-tester", Files.readString(tester, StandardCharsets.UTF_8)));
        return vectors;
    }
}
