package org.postern.deploy.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.postern.deploy.Checkout;

/** The chart, and what Helm makes of it. */
public final class Chart {
    /** The files of values that are shipped with it. */
    static final List<String> VALUES = List.of("minimal", "ha", "external-kafka", "restricted-egress");

    /** The services, by the names of their values. */
    static final List<String> SERVICES = List.of("gateway", "message", "scan", "spam", "render", "push");

    /** The engines that it can run. */
    static final List<String> ENGINES = List.of("clamav", "rspamd", "redis");

    static final Path FOLDER = Checkout.path("k8s/postern");

    /** What a hook is called in what is rendered here. */
    static final String HOOK = "seen-hook";

    private static final String NOTHING = "{}";
    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();
    private static final Path SEEN = copyWithVisibleHooks();

    private Chart() {}

    static Helm helm() {
        return new Helm(FOLDER);
    }

    /** The library leaves hooks out of what it renders, as they are no part of a release: under another name it shows them. */
    private static Path copyWithVisibleHooks() {
        try {
            Path copy = Files.createTempDirectory("chart");
            try (Stream<Path> files = Files.walk(FOLDER, FileVisitOption.FOLLOW_LINKS)) {
                // Folders come before what is in them, and what is registered last is deleted first.
                for (Path file : files.toList()) {
                    Path target = copy.resolve(FOLDER.relativize(file).toString());
                    target.toFile().deleteOnExit();
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else if (file.getParent().endsWith("tests")) {
                        Files.writeString(target, Files.readString(file).replace("helm.sh/hook:", HOOK + ":"));
                    } else {
                        Files.copy(file, target);
                    }
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A shipped file of values. */
    static JsonNode values(String name) {
        return Checkout.tree("k8s/postern/values/" + name + ".yaml");
    }

    /** The text Helm makes of a shipped file of values. */
    static String text(String values) {
        return text(values, Checkout.parse(NOTHING));
    }

    /** The text Helm makes of a shipped file of values with something laid over it. */
    static String text(String values, JsonNode over) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                Checkout.YAML.writeValue(file.toFile(), Checkout.merged(values(values), over));
                return new Helm(SEEN)
                        .template()
                        .withName("p")
                        .withNamespace("mail")
                        .withKubeVersion("1.34.0")
                        .withValuesFile(file)
                        .call();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The manifests of a shipped file of values; rendered once. */
    public static Manifests rendered(String values) {
        return RENDERED.computeIfAbsent(values, name -> new Manifests(Checkout.documents(text(name))));
    }

    /** The manifests of a shipped file of values with something laid over it. */
    public static Manifests rendered(String values, JsonNode over) {
        return new Manifests(Checkout.documents(text(values, over)));
    }
}
