package org.postern.scan.inspection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says about bytes: their names and what they are. Claims, not facts.
 *
 * @param names every name it is given, decoded, as it was sent
 * @param mediaType in lower case without parameters
 * @param charset of a text, where one is said
 * @param shown whether it is a text that readers show as the mail itself
 */
public record Label(
        List<String> names,
        @Nullable String mediaType,
        @Nullable String charset,
        boolean shown) {
    private static final String MAIL = "message/rfc822";

    public Label {
        names = List.copyOf(names);
    }

    /** Nothing is said. */
    public static Label none() {
        return new Label(List.of(), null, null, false);
    }

    /** A file of that name. */
    public static Label named(@Nullable String name) {
        return new Label(name == null || name.isBlank() ? List.of() : List.of(name), null, null, false);
    }

    /** A mail. */
    public static Label mail() {
        return new Label(List.of(), MAIL, null, false);
    }

    /** The same with a type that is said. */
    public Label of(@Nullable String type) {
        return new Label(names, type, charset, shown);
    }

    /** Whether it is said to be a mail. */
    public boolean isMail() {
        return MAIL.equals(mediaType);
    }

    @Override
    public String toString() {
        // File names are personal data.
        return "Label[" + mediaType + "]";
    }
}
