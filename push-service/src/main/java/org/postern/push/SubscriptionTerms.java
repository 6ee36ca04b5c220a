package org.postern.push;

import java.time.Duration;

/**
 * What a subscription may be.
 *
 * @param most how many one subject may have
 * @param mostAnHour how many one subject may make within an hour, whether it keeps them or not: each makes us push to wherever the
 *     subject says
 * @param longest how long one lives without being renewed; at least 48 hours (RFC 8620, section 7.2)
 */
public record SubscriptionTerms(int most, int mostAnHour, Duration longest) {
    private static final Duration LEAST = Duration.ofHours(48);

    public SubscriptionTerms {
        if (most < 1 || mostAnHour < 1) {
            throw new IllegalArgumentException("there must be room for one subscription");
        }
        if (longest.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("a subscription must be able to live for 48 hours (RFC 8620, 7.2)");
        }
    }
}
