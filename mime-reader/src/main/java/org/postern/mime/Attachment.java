package org.postern.mime;

import org.jspecify.annotations.Nullable;

/**
 * What a mail carries beside its text.
 *
 * @param part its place in the mail, as in IMAP: {@code 1.2}
 * @param name the file name, decoded and safe to show, where it has one
 * @param mediaType what the mail says it is, in lower case without parameters. A claim, not a fact
 * @param size bytes after transfer decoding
 * @param inline whether the mail wants it shown in its place
 * @param contentId the name that {@code cid:} refers to, without angle brackets
 */
public record Attachment(
        String part,
        @Nullable String name,
        String mediaType,
        long size,
        boolean inline,
        @Nullable String contentId) {
    @Override
    public String toString() {
        // File names are personal data.
        return "Attachment[" + part + ", " + mediaType + ", " + size + " bytes]";
    }
}
