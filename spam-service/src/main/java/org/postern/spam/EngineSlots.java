package org.postern.spam;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many assessments the engine is given at once: who comes when all slots are taken waits, in order. Uploads get at most half
 * of them, because a slow one holds its slot for as long as its bytes trickle in, and mail must not wait for that.
 */
public final class EngineSlots {
    private final Semaphore all;
    private final Semaphore uploads;

    /** @param concurrency the assessments at once, 1 or more */
    public EngineSlots(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency (" + concurrency + ") must be 1 or more");
        }
        this.all = new Semaphore(concurrency, true);
        this.uploads = new Semaphore(Math.max(1, concurrency / 2), true);
    }

    /** Waits for a slot for a mail, however long that takes: its time for the engine starts when it has one. */
    public Slot forMail() throws InterruptedException {
        all.acquire();
        return all::release;
    }

    /** Waits for a slot for an upload; empty where the deadline is over before there is one. */
    public Optional<Slot> forUpload(Deadline deadline) throws InterruptedException {
        if (!uploads.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            taken = all.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            if (!taken) {
                uploads.release();
            }
        }
        return taken ? Optional.of(this::releaseUpload) : Optional.empty();
    }

    private void releaseUpload() {
        all.release();
        uploads.release();
    }

    /** How many slots are free now. */
    public int free() {
        return all.availablePermits();
    }

    /** The right to one assessment, given back when closed. */
    @FunctionalInterface
    public interface Slot extends AutoCloseable {
        @Override
        void close();
    }
}
