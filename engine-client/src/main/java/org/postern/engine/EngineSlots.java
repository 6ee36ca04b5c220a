package org.postern.engine;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many bodies an engine is given at once: who comes when all slots are taken waits, in order. Uploads get at most half
 * of them, because a slow one holds its slot for as long as its bytes trickle in, and mail must not wait for that. What can
 * wait gets what nobody else wants.
 */
public final class EngineSlots {
    private final Semaphore all;
    private final Semaphore uploads;
    private final int spared;
    private final ReentrantLock spare = new ReentrantLock(true);
    private final Condition released = spare.newCondition();

    /** @param concurrency the bodies at once, 1 or more */
    public EngineSlots(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency (" + concurrency + ") must be 1 or more");
        }
        this.all = new Semaphore(concurrency, true);
        this.uploads = new Semaphore(Math.max(1, concurrency / 2), true);
        this.spared = concurrency > 1 ? 1 : 0;
    }

    /** Waits for a slot for a mail, however long that takes: its time for the engine starts when it has one. */
    public Slot forMail() throws InterruptedException {
        all.acquire();
        return this::release;
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

    /**
     * Waits for a slot that nobody else waits for, however long that takes. Of several slots one is never taken: mail that
     * comes in meanwhile finds it free.
     */
    public Slot whenFree() throws InterruptedException {
        spare.lockInterruptibly();
        try {
            while (all.hasQueuedThreads() || all.availablePermits() <= spared || !all.tryAcquire()) {
                // Whatever is taken now is released one day, and whoever waits for it now releases it after that.
                released.await();
            }
        } finally {
            spare.unlock();
        }
        return this::release;
    }

    private void release() {
        all.release();
        spare.lock();
        try {
            released.signalAll();
        } finally {
            spare.unlock();
        }
    }

    private void releaseUpload() {
        release();
        uploads.release();
    }

    /** How many slots are free now. */
    public int free() {
        return all.availablePermits();
    }

    /** The right to give the engine one body, given back when closed. */
    @FunctionalInterface
    public interface Slot extends AutoCloseable {
        @Override
        void close();
    }
}
