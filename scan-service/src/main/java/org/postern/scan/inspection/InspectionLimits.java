package org.postern.scan.inspection;

import java.time.Duration;

/**
 * How far a body is looked into. Where a limit is reached the rest has not been looked at, and that is told.
 *
 * @param depth containers inside one another, nested mails included
 * @param entries parts and entries of the whole body
 * @param entriesListed parts that are told; more are counted only
 * @param unpacked bytes of all entries together
 * @param ratio how many times larger than its packed form an entry may be, once it is larger than {@code ratioFrom}
 * @param ratioFrom bytes of an entry below which the ratio does not matter: empty tables and white images pack well
 * @param held bytes that a format may need on the heap
 * @param time what one look may take
 */
public record InspectionLimits(
        int depth, int entries, int entriesListed, long unpacked, int ratio, long ratioFrom, int held, Duration time) {
    private static final long MEBIBYTE = 1024L * 1024;

    public InspectionLimits {
        if (depth < 1 || entries < 1 || entriesListed < 0 || unpacked < 1 || ratio < 1 || ratioFrom < 0 || held < 1) {
            throw new IllegalArgumentException("the limits of the inspection must be positive");
        }
    }

    /** Depth 12, 5 000 entries of which 200 are told, 400 MiB unpacked, ratio 200 from 10 MiB, 16 MiB held, 15 s. */
    public static InspectionLimits defaults() {
        return new InspectionLimits(
                12, 5000, 200, 400 * MEBIBYTE, 200, 10 * MEBIBYTE, (int) (16 * MEBIBYTE), Duration.ofSeconds(15));
    }
}
