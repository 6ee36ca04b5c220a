package org.postern.render.images;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Shows the images that stored mails carry, made anew like those from elsewhere. The mail is read each time and nothing of it
 * is kept: what is erased is gone at once.
 */
public final class ShowParts {
    private final PartSource source;
    private final ImageMaker maker;
    private final Semaphore slots;

    /** @param concurrency mails read at once; more wait */
    public ShowParts(PartSource source, ImageMaker maker, int concurrency) {
        this.source = source;
        this.maker = maker;
        this.slots = new Semaphore(concurrency);
    }

    /**
     * The image.
     *
     * @throws ImageRefusedException where it is none, or is too large
     * @throws IOException where the mail is not in the store, or cannot be read: the exception of the store, unchanged
     */
    public SafeImage image(PartAddress address) throws IOException, ImageRefusedException, InterruptedException {
        slots.acquire();
        try {
            return maker.make(source.read(address));
        } finally {
            slots.release();
        }
    }
}
