package org.postern.scan.recall;

/**
 * How far a run is.
 *
 * @param left records of {@code mail.received.v1} that are still to be looked at
 */
public record Progress(RecallRun run, long left, Tally tally) {}
