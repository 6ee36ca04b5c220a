package org.postern.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Documents that are made from something else and kept in the repository, where they are read. Run with
 * {@code -Dpostern.regenerate=true} they are written; otherwise they must be what would be written.
 */
public final class Generated {
    private static final boolean REGENERATE = Boolean.getBoolean("postern.regenerate");

    private Generated() {}

    /** Holds a whole file to a text. */
    public static void file(String name, String text) {
        Path file = Checkout.path(name);
        if (REGENERATE) {
            write(file, text);
        }
        assertThat(file)
                .as(
                        "%s is made by this test: run it with -DargLine=-Dpostern.regenerate=true and read the"
                                + " difference",
                        name)
                .exists()
                .hasContent(text);
    }

    /** Holds what is between two markers of a file to a text: {@code <!-- name -->} and {@code <!-- /name -->}. */
    public static void section(String name, String marker, String text) {
        String begin = "<!-- " + marker + " -->\n";
        String end = "<!-- /" + marker + " -->";
        String whole = Checkout.text(name);
        int from = whole.indexOf(begin);
        int to = whole.indexOf(end);
        assertThat(from).as("%s in %s", begin.strip(), name).isNotNegative();
        assertThat(to).as("%s in %s", end, name).isGreaterThan(from);
        file(name, whole.substring(0, from) + begin + text + whole.substring(to));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
