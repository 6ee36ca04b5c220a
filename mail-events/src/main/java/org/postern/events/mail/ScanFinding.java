package org.postern.events.mail;

import org.jspecify.annotations.Nullable;

/**
 * One thing a scan found.
 *
 * @param code its stable code in kebab-case, for instance {@code virus} or {@code macro}
 * @param severity how bad it is
 * @param signature the engine's name of what matched; null where no signature did
 * @param part the path of the part inside the message, for instance {@code 2.1}; null for the whole
 */
public record ScanFinding(
        String code,
        Severity severity,
        @Nullable String signature,
        @Nullable String part) {}
