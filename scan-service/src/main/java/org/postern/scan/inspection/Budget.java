package org.postern.scan.inspection;

import org.postern.engine.Deadline;

/** What a look has used of its limits. */
final class Budget {
    private final InspectionLimits limits;
    private final Deadline deadline;
    private int entries;
    private long unpacked;

    Budget(InspectionLimits limits, Deadline deadline) {
        this.limits = limits;
        this.deadline = deadline;
    }

    void entry() throws LimitReachedException {
        entries++;
        if (entries > limits.entries()) {
            throw new LimitReachedException("too-many-entries", "more than " + limits.entries() + " entries");
        }
    }

    void unpacked(int bytes) throws LimitReachedException {
        unpacked += bytes;
        if (unpacked > limits.unpacked()) {
            throw new LimitReachedException("archive-bomb", "more than " + limits.unpacked() + " bytes unpacked");
        }
        time();
    }

    void time() throws LimitReachedException {
        if (deadline.isOver()) {
            throw new LimitReachedException("inspection-time", "it took more than its time");
        }
    }

    void ratio(long packed, long size) throws LimitReachedException {
        if (packed >= 0 && size > limits.ratioFrom() && size / Math.max(1, packed) > limits.ratio()) {
            throw new LimitReachedException(
                    "archive-bomb", "an entry is more than " + limits.ratio() + " times as large as its packed form");
        }
    }
}
