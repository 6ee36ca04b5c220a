package org.postern.engine;

import java.time.Duration;

/** Waiting, which tests do not want to do. */
@FunctionalInterface
public interface Pause {
    /** Waits that long. */
    void pause(Duration time) throws InterruptedException;
}
