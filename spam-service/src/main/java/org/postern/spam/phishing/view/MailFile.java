package org.postern.spam.phishing.view;

import org.jspecify.annotations.Nullable;

/**
 * A file of a mail.
 *
 * @param name as told; null where it has none
 * @param mediaType as told
 */
public record MailFile(@Nullable String name, String mediaType) {
    /** Whether its name ends like this, without regard to case. */
    public boolean endsWith(String suffix) {
        return name != null && name.regionMatches(true, name.length() - suffix.length(), suffix, 0, suffix.length());
    }

    @Override
    public String toString() {
        return "MailFile[" + mediaType + "]";
    }
}
