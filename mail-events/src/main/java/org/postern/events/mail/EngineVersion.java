package org.postern.events.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What gave an answer.
 *
 * @param name the engine, for instance {@code clamav}
 * @param version its version; null where it could not be asked
 * @param signatures the version of its signature database; null where it has none or did not say
 * @param signaturesAt the date of that database; null where it has none or did not say
 */
public record EngineVersion(
        String name,
        @Nullable String version,
        @Nullable String signatures,
        @Nullable Instant signaturesAt) {
    /** An engine of which only the name is known. */
    public static EngineVersion named(String name) {
        return new EngineVersion(name, null, null, null);
    }
}
