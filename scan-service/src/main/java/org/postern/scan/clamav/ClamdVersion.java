package org.postern.scan.clamav;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.EngineVersion;
import org.postern.scan.Signatures;

/**
 * The reply to {@code VERSION}: {@code ClamAV 1.4.6/27800/Mon Oct 13 08:00:00 2025}, the part of the database being
 * absent where that has no version.
 */
final class ClamdVersion {
    private static final Pattern FORM =
            Pattern.compile("ClamAV ([\\x21-\\x2e\\x30-\\x7e]{1,60})(?:/(\\d{1,12})/(.{1,40}))?");

    // ctime() pads the day of the month with a blank. It prints the daemon's local time, which is UTC where we run it.
    private static final DateTimeFormatter CTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

    private ClamdVersion() {}

    /** Reads the reply; what cannot be read is left out, for a version is not worth a scan. */
    static EngineVersion of(String reply) {
        Matcher form = FORM.matcher(reply);
        if (!form.matches()) {
            return EngineVersion.named(ClamAvScanner.ENGINE);
        }
        return new EngineVersion(ClamAvScanner.ENGINE, form.group(1), form.group(2), date(form.group(3)));
    }

    /** Whether signatures are older than others: by their number, and by having none. */
    static boolean isOlder(EngineVersion one, EngineVersion other) {
        return number(one) < number(other);
    }

    private static long number(EngineVersion version) {
        Long database = Signatures.of(version).database();
        return database == null ? 0 : database;
    }

    private static @Nullable Instant date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return LocalDateTime.parse(text, CTIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
