package org.postern.events.mail;

import org.jspecify.annotations.Nullable;

/**
 * One thing a scan found.
 *
 * @param code its stable code in kebab-case, for instance {@code virus} or {@code macro}
 * @param severity how bad it is
 * @param signature the engine's name of what matched; null where no signature did
 * @param part the path of the part inside the message, for instance {@code 2.1} or {@code 2.1/archive.zip/invoice.js};
 *     null for the whole
 * @param engine who found it, for instance {@code clamav}; null where an older version told it
 * @param evidence what was seen, in a few words of ours that quote nothing of the message but types, extensions and
 *     numbers; null where the code says it all
 */
public record ScanFinding(
        String code,
        Severity severity,
        @Nullable String signature,
        @Nullable String part,
        @Nullable String engine,
        @Nullable String evidence) {
    /** A finding without the name of the engine and without evidence. */
    public ScanFinding(String code, Severity severity, @Nullable String signature, @Nullable String part) {
        this(code, severity, signature, part, null, null);
    }

    /** The same in a part of the message. */
    public ScanFinding in(@Nullable String path) {
        return new ScanFinding(code, severity, signature, path, engine, evidence);
    }

    @Override
    public String toString() {
        // The path of a part has file names in it, which are personal data.
        return "ScanFinding[" + code + ", " + severity + ", " + signature + "]";
    }
}
