package org.postern.push.webpush;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.postern.push.delivery.SendResult;

/** What the answers of push services mean (RFC 8030, sections 5 to 8; RFC 9110, section 10.2.3). */
final class WebPushAnswers {
    private WebPushAnswers() {}

    static SendResult read(int status, @Nullable String retryAfter, Instant now) {
        return switch (status) {
            case 404, 410 -> new SendResult.Gone();
            case 408, 425, 429 -> new SendResult.TryLater("status-" + status, after(retryAfter, now), false);
            default -> {
                if (status >= 200 && status < 300) {
                    yield new SendResult.Delivered();
                }
                // Redirects too: an endpoint is where pushes go, not where one is sent on from.
                yield status >= 500
                        ? new SendResult.TryLater("status-" + status, after(retryAfter, now), true)
                        : new SendResult.Refused("status-" + status);
            }
        };
    }

    private static @Nullable Duration after(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        try {
            if (header.matches("[0-9]{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(header));
            }
            Duration until = Duration.between(
                    now,
                    ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? null : until;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
