package org.postern.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files of this checkout. */
public final class Checkout {
    /** The mapper for YAML; JSON is YAML too. */
    public static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    private static final Path ROOT =
            Path.of(System.getProperty("postern.root", "..")).toAbsolutePath().normalize();

    private Checkout() {}

    /** A path under the root of the checkout. */
    public static Path path(String name) {
        return ROOT.resolve(name);
    }

    /** The text of a file. */
    public static String text(String name) {
        return text(path(name));
    }

    /** The text of a file. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A YAML or JSON file. */
    public static JsonNode tree(String name) {
        return parse(text(name));
    }

    /** A text in YAML or JSON. */
    public static JsonNode parse(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All documents of a text in YAML, without empty ones. */
    public static List<JsonNode> documents(String text) {
        try (var parser = YAML.getFactory().createParser(text)) {
            return YAML.readValues(parser, JsonNode.class).readAll().stream()
                    .filter(document -> document.isObject() && !document.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files under a folder whose path satisfies a condition, sorted; what builds make is passed over. */
    public static List<Path> files(String folder, Predicate<String> wanted) {
        try (Stream<Path> files = Files.walk(path(folder).normalize())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> !file.toString().contains("/."))
                    .filter(file -> wanted.test(ROOT.relativize(file).toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of a file as the checkout has it. */
    public static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    /** A copy of {@code base} in which what {@code over} names is replaced, object by object. */
    public static JsonNode merged(JsonNode base, JsonNode over) {
        if (!base.isObject() || !over.isObject()) {
            return over.deepCopy();
        }
        ObjectNode merged = base.deepCopy();
        over.properties().forEach(entry -> {
            JsonNode old = merged.get(entry.getKey());
            merged.set(entry.getKey(), old == null ? entry.getValue().deepCopy() : merged(old, entry.getValue()));
        });
        return merged;
    }
}
