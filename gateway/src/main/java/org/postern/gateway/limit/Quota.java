package org.postern.gateway.limit;

import java.time.Duration;

/**
 * So many requests in so long a time. All of them may come at once; they are given back evenly over the time.
 *
 * @param requests at least 1
 * @param window at least a second
 */
public record Quota(long requests, Duration window) {
    public Quota {
        if (requests < 1 || window.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a quota is at least one request, in at least a second");
        }
    }

    /**
     * Reads {@code 600/60S}: requests, a slash, and a time in seconds ({@code S}) or minutes ({@code M}).
     *
     * @throws IllegalArgumentException where the text is none
     */
    public static Quota of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || parts[1].isEmpty()) {
            throw new IllegalArgumentException("a quota is written as 600/60S, not as " + text);
        }
        return new Quota(Long.parseLong(parts[0].strip()), Duration.parse("PT" + parts[1].strip()));
    }
}
