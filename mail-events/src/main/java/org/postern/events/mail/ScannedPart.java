package org.postern.events.mail;

import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;

/**
 * One part of what was scanned: a body part of a mail, or an entry of an archive in it. What was found in it are the
 * findings of the {@link ScanResult} that name its path.
 *
 * @param path where it is, for instance {@code 2.1/archive.zip/invoice.js}: the number of the body part as in IMAP, then
 *     the names inside of it. It may be cut in its middle
 * @param name its file name, decoded and safe to show; null where it has none
 * @param declaredType what it is said to be, in lower case without parameters; null where nothing is said
 * @param detectedType the media type that its bytes show; null where they were not looked at
 * @param size its bytes, decoded and unpacked; those that were read where not all were
 * @param sha256 of those bytes; null where not all were read
 */
public record ScannedPart(
        String path,
        @Nullable String name,
        @Nullable String declaredType,
        @Nullable String detectedType,
        long size,
        @Nullable ContentHash sha256) {
    @Override
    public String toString() {
        // File names are personal data.
        return "ScannedPart[" + detectedType + ", " + size + " bytes]";
    }
}
