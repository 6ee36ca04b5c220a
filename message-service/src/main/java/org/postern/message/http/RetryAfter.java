package org.postern.message.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long a server wants to be left alone (RFC 9110, 10.2.3). */
public final class RetryAfter {
    private RetryAfter() {}

    /**
     * What a field {@code Retry-After} says.
     *
     * @param field seconds or a date; null where there is none
     * @return null where it says nothing that can be read, or a time that is over
     */
    public static @Nullable Duration of(@Nullable String field, Instant now) {
        if (field == null) {
            return null;
        }
        try {
            if (field.matches("[0-9]{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(field));
            }
            Duration until = Duration.between(
                    now,
                    ZonedDateTime.parse(field, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? null : until;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
