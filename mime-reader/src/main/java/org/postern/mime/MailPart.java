package org.postern.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a mail that has no parts, as the mail describes it. None of it is a fact.
 *
 * @param place its place in the mail, as in IMAP (RFC 3501 section 6.4.5): {@code 1.2}
 * @param names every file name that the mail gives it, decoded but not made safe: readers differ in which they take, and
 *     what a name hides is worth knowing. Not to be shown
 * @param mediaType in lower case without parameters
 * @param charset the charset of a text, where one is said
 * @param attached whether the mail wants it saved and not shown
 */
public record MailPart(
        String place,
        List<String> names,
        String mediaType,
        @Nullable String charset,
        boolean attached) {
    public MailPart {
        names = List.copyOf(names);
    }

    /** Whether a reader shows it as a text of the mail. */
    public boolean isShownText() {
        return !attached && names.isEmpty() && (mediaType.equals("text/plain") || mediaType.equals("text/html"));
    }

    /** The first of its names, safe to show: one path segment of 255 characters at most; null where it has none. */
    public @Nullable String shownName() {
        for (String name : names) {
            String shown = AttachmentName.of(name);
            if (shown != null) {
                return shown;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        // File names are personal data.
        return "MailPart[" + place + ", " + mediaType + "]";
    }
}
