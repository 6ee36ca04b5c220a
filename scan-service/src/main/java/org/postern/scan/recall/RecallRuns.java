package org.postern.scan.recall;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postern.scan.Signatures;

/** The runs and how far they are; the same for all replicas. All methods throw {@link MemoryAwayException}. */
public interface RecallRuns {
    /**
     * Begins a run for signatures that may find more than those of the newest run, which ends. The very first run ends at
     * once: what was scanned before it is not known to be older.
     *
     * @param window how far back it goes
     * @param settling for how long messages that come in now may still be scanned with the signatures before
     * @return the run; empty where there was no need for one
     */
    Optional<RecallRun> begin(Signatures signatures, Duration window, Duration settling, Instant now);

    /** The newest run; empty before the first. */
    Optional<RecallRun> newest();

    /** How far a run is in a partition; empty where it has not begun there. */
    Optional<Point> point(RecallRun run, int partition);

    /** Begins a run in a partition, unless it has begun there; where it is. */
    Point begin(RecallRun run, int partition, long first, long end);

    /** Notes what came of messages before {@code next}. What lies before where the run is already changes nothing. */
    void advance(RecallRun run, int partition, long next, long end, Tally came);

    /** Notes that a partition is done, and the run where that was the last of so many. */
    void end(RecallRun run, int partition, int partitions, Instant now);

    /** What an administrator is shown of the newest run; empty before the first. */
    Optional<Progress> progress();

    /**
     * Where a run is in a partition.
     *
     * @param next the offset of the next message
     * @param end the offset after the last message that is known of
     */
    record Point(long next, long end, boolean ended) {}
}
