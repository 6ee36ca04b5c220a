package org.postern.render.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A newsletter, for looking at it before and after.
 *
 * @param name short, fit for a file name
 * @param html as it came, its pictures at their own addresses
 */
record Newsletter(String name, String html) {
    private static final Pattern PICTURE = Pattern.compile("https?://[^\\s\"'<>()]+?\\.(?:png|jpe?g|gif)(?![\\w.])");

    /** Those of the project, and those of the collections where they are at hand. */
    static List<Newsletter> all(@Nullable Path corpora) throws IOException {
        List<Newsletter> all = new ArrayList<>(in(Path.of("src/test/resources/newsletters"), ""));
        if (corpora != null) {
            Path templates = corpora.resolve("email-templates");
            try (Stream<Path> folders = Files.walk(templates)) {
                for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                    String of = templates.relativize(folder).toString().replace('/', '-') + "-";
                    all.addAll(in(folder, of));
                }
            }
        }
        return all;
    }

    private static List<Newsletter> in(Path folder, String prefix) throws IOException {
        List<Newsletter> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".html"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString().replace(".html", "");
                found.add(new Newsletter(prefix + name, Files.readString(file)));
            }
        }
        return found;
    }

    /** The same with its pictures elsewhere. */
    Newsletter withPictures(UnaryOperator<String> elsewhere) {
        Map<String, String> moved = new LinkedHashMap<>();
        Matcher picture = PICTURE.matcher(html);
        String here =
                picture.replaceAll(found -> Matcher.quoteReplacement(moved.computeIfAbsent(found.group(), elsewhere)));
        return new Newsletter(name, here);
    }

    @Override
    public String toString() {
        return name;
    }
}
