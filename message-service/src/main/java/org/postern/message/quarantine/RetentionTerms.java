package org.postern.message.quarantine;

import java.time.Duration;
import java.time.Instant;

/**
 * How long messages are kept, from when they were received; a message with several recipients for as long as the longest
 * of theirs.
 *
 * @param now the time it is
 * @param delivered what is delivered, with or without a warning
 * @param junk what is delivered as junk
 * @param quarantined what is held
 * @param rejected what was refused
 * @param deferred what was never decided
 * @param tombstones how long a deleted message is remembered as such
 * @param audit how long acts are remembered
 */
public record RetentionTerms(
        Instant now,
        Duration delivered,
        Duration junk,
        Duration quarantined,
        Duration rejected,
        Duration deferred,
        Duration tombstones,
        Duration audit) {
    /** These terms as of another time, where that is earlier. */
    public RetentionTerms notAfter(Instant time) {
        return time.isBefore(now)
                ? new RetentionTerms(time, delivered, junk, quarantined, rejected, deferred, tombstones, audit)
                : this;
    }
}
