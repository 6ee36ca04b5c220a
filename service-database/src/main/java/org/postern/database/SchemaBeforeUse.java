package org.postern.database;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Brings the schema up to date before the first use that works, so that a service starts without its database too. */
final class SchemaBeforeUse {
    /** With a database that hangs, those that wait for another's try would add up. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Runnable migration;
    private final ReentrantLock migrating = new ReentrantLock();
    private volatile boolean done;

    SchemaBeforeUse(Runnable migration) {
        this.migration = migration;
    }

    void ensure() {
        if (done) {
            return;
        }
        if (!isMine()) {
            throw new IllegalStateException("the schema is being brought up to date");
        }
        try {
            if (!done) {
                migration.run();
                done = true;
            }
        } finally {
            migrating.unlock();
        }
    }

    private boolean isMine() {
        try {
            return migrating.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
