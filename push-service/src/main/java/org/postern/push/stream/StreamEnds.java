package org.postern.push.stream;

/** Counts the streams that we end. */
@FunctionalInterface
public interface StreamEnds {
    /** One was ended. */
    void ended(StreamEnd reason);
}
