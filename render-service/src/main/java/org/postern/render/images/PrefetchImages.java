package org.postern.render.images;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Fetches the images of mails that were handed over, each at a random time soon after: when they are asked for then has
 * nothing to do with when somebody reads. Best effort: what is not there when it is read is fetched then.
 */
public final class PrefetchImages implements AutoCloseable {
    private static final int TRIES = 3;

    private final ShowImages images;
    private final Duration within;
    private final RandomGenerator random;
    private final boolean on;
    private final Semaphore room;
    private final ExecutorService waiting = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("prefetch-", 0).factory());

    /**
     * @param within how much later an image is fetched at most
     * @param most how many wait at most; more are left to be fetched when they are read
     */
    public PrefetchImages(ShowImages images, Duration within, RandomGenerator random, int most) {
        this.images = images;
        this.within = within;
        this.random = random;
        this.on = most > 0;
        this.room = new Semaphore(most);
    }

    /** Fetches nothing. */
    public static PrefetchImages off(ShowImages images) {
        return new PrefetchImages(images, Duration.ZERO, RandomGenerator.getDefault(), 0);
    }

    /** Whether it fetches at all. */
    public boolean isOn() {
        return on;
    }

    /** Fetches each of these later. Returns at once. */
    public void later(List<ImageAddress> addresses) {
        for (ImageAddress address : addresses) {
            if (!room.tryAcquire()) {
                return;
            }
            waiting.execute(() -> {
                try {
                    fetch(address);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    room.release();
                }
            });
        }
    }

    private void fetch(ImageAddress address) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Thread.sleep(Duration.ofMillis(random.nextLong(within.toMillis() + 1)));
            try {
                images.image(address);
                return;
            } catch (ImageRefusedException e) {
                if (e.reason() != ImageRefusedException.Reason.BUSY) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        waiting.shutdownNow();
    }
}
