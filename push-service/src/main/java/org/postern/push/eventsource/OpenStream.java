package org.postern.push.eventsource;

/** A stream that is about to begin. */
@FunctionalInterface
public interface OpenStream {
    /** Answers, and keeps the connection open. Blocks for a moment. */
    void begin();
}
