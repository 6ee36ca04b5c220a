package org.postern.render.images;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.postern.render.remote.RemoteUrl;
import org.postern.render.remote.Trackers;

/**
 * The image proxy: fetches an image once, makes it anew and keeps it. Who reads, when, where and with what stays here.
 */
public final class ShowImages {
    private static final int REMEMBERED = 10_000;

    private final Trackers trackers;
    private final ImageSource source;
    private final ImageMaker maker;
    private final ImageCache cache;
    private final Clock clock;
    private final Duration beforeNextTry;
    private final Semaphore slots;
    private final Map<ImageAddress, CompletableFuture<SafeImage>> running = new ConcurrentHashMap<>();
    private final Map<ImageAddress, Refusal> refused = new LinkedHashMap<>();

    private record Refusal(ImageRefusedException.Reason reason, Instant until) {}

    /**
     * @param beforeNextTry how long an image that could not be fetched is not asked for again
     * @param concurrency images fetched at once; more are refused for now
     */
    public ShowImages(
            Trackers trackers,
            ImageSource source,
            ImageMaker maker,
            ImageCache cache,
            Clock clock,
            Duration beforeNextTry,
            int concurrency) {
        this.trackers = trackers;
        this.source = source;
        this.maker = maker;
        this.cache = cache;
        this.clock = clock;
        this.beforeNextTry = beforeNextTry;
        this.slots = new Semaphore(concurrency);
    }

    /** The image, fetched now where it was not before. Who asks while another does waits for the other's. */
    public SafeImage image(ImageAddress address) throws ImageRefusedException, InterruptedException {
        RemoteUrl url = RemoteUrl.of(address.url());
        if (url == null || trackers.vendorOf(url) != null) {
            throw new ImageRefusedException(
                    url == null ? ImageRefusedException.Reason.ADDRESS : ImageRefusedException.Reason.TRACKER);
        }
        Optional<SafeImage> kept = cache.find(address);
        if (kept.isPresent()) {
            return kept.get();
        }
        ImageRefusedException.Reason before = refusedBefore(address);
        if (before != null) {
            throw new ImageRefusedException(before);
        }
        CompletableFuture<SafeImage> mine = new CompletableFuture<>();
        CompletableFuture<SafeImage> other = running.putIfAbsent(address, mine);
        return other == null ? fetch(address, mine) : await(other);
    }

    private SafeImage fetch(ImageAddress address, CompletableFuture<SafeImage> mine)
            throws ImageRefusedException, InterruptedException {
        try {
            // One that another kept a moment ago is found now.
            SafeImage image = cache.find(address).orElse(null);
            if (image == null) {
                image = fetchInSlot(address);
                cache.keep(address, image);
            }
            mine.complete(image);
            return image;
        } catch (ImageRefusedException e) {
            if (e.reason() != ImageRefusedException.Reason.BUSY) {
                remember(address, e.reason());
            }
            mine.completeExceptionally(e);
            throw e;
        } catch (InterruptedException | RuntimeException e) {
            mine.completeExceptionally(new ImageRefusedException(ImageRefusedException.Reason.UNREACHABLE));
            throw e;
        } finally {
            running.remove(address, mine);
        }
    }

    private SafeImage fetchInSlot(ImageAddress address) throws ImageRefusedException, InterruptedException {
        if (!slots.tryAcquire()) {
            throw new ImageRefusedException(ImageRefusedException.Reason.BUSY);
        }
        try {
            return maker.make(source.fetch(address.url()));
        } finally {
            slots.release();
        }
    }

    private static SafeImage await(CompletableFuture<SafeImage> other) throws ImageRefusedException {
        try {
            return other.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ImageRefusedException refused) {
                throw new ImageRefusedException(refused.reason());
            }
            throw e;
        }
    }

    private ImageRefusedException.@Nullable Reason refusedBefore(ImageAddress address) {
        synchronized (refused) {
            Refusal refusal = refused.get(address);
            if (refusal == null || refusal.until.isBefore(clock.instant())) {
                refused.remove(address);
                return null;
            }
            return refusal.reason;
        }
    }

    private void remember(ImageAddress address, ImageRefusedException.Reason reason) {
        synchronized (refused) {
            refused.put(address, new Refusal(reason, clock.instant().plus(beforeNextTry)));
            if (refused.size() > REMEMBERED) {
                refused.remove(refused.keySet().iterator().next());
            }
        }
    }
}
