package org.postern.render.css;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The properties that are allowed, and what their values may hold: the table {@code properties.txt}. */
final class Properties {
    /** What the values of a property may hold. */
    enum Kind {
        /** Words, numbers, colours. */
        PLAIN,
        /** The same, nothing negative: it would pull the content out of its place. */
        INSIDE,
        /** Distances of at most 64, for what is painted outside the box. */
        NEAR,
        /** Images besides; {@code none} where one is not allowed. */
        BACKGROUND,
        /** Images besides. */
        IMAGE,
        /** Names of fonts. */
        FAMILY,
        /** Text that is shown. */
        TEXT,
        /** Names of animations. */
        ANIMATION,
        /** Nothing but {@code relative} and {@code static}. */
        POSITION;

        boolean takesText() {
            return this == FAMILY || this == TEXT;
        }

        boolean takesImages() {
            return this == BACKGROUND || this == IMAGE;
        }

        boolean staysInside() {
            return this == INSIDE;
        }
    }

    private static final String TABLE = "properties.txt";
    private static final Map<String, Kind> KINDS = read();
    private static final Pattern VARIABLE = Pattern.compile("--[A-Za-z0-9_-]{1,60}");
    private static final String OWN_VARIABLE = "--pm-";

    private Properties() {}

    /** All that are allowed, in small letters. */
    static Set<String> names() {
        return KINDS.keySet();
    }

    /** What the values of a property may hold, or null where it is not allowed. */
    static @Nullable Kind kindOf(String property) {
        return KINDS.get(property);
    }

    /** A custom property as it comes out, or null where the name is none. */
    static @Nullable String ownVariable(String name) {
        if (!VARIABLE.matcher(name).matches()) {
            return null;
        }
        return name.startsWith(OWN_VARIABLE) ? name : OWN_VARIABLE + name.substring(2);
    }

    private static Map<String, Kind> read() {
        Map<String, Kind> kinds = new HashMap<>();
        try (InputStream table = Objects.requireNonNull(Properties.class.getResourceAsStream(TABLE), TABLE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            Kind kind = Kind.PLAIN;
            String line = lines.readLine();
            while (line != null) {
                if (line.startsWith("[")) {
                    kind = Kind.valueOf(line.substring(1, line.length() - 1).toUpperCase(Locale.ROOT));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    for (String property : line.strip().split("\\s+")) {
                        kinds.put(property, kind);
                    }
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kinds;
    }
}
