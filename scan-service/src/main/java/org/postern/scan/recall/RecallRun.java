package org.postern.scan.recall;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postern.scan.Signatures;

/**
 * One time of scanning again, for one change of the signatures.
 *
 * @param signatures what is scanned with
 * @param attempt of the facts that are told; higher than that of every run and every first scan before it
 * @param since messages received before then are left alone
 * @param until messages received after then were scanned with these signatures anyway
 * @param endedAt when all was looked at, or a newer run took its place; null while it goes on
 */
public record RecallRun(
        long id,
        Signatures signatures,
        int attempt,
        Instant since,
        Instant until,
        Instant begunAt,
        @Nullable Instant endedAt) {
    /** Whether there is nothing left to do. */
    public boolean hasEnded() {
        return endedAt != null;
    }
}
