package org.postern.render.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.postern.render.images.ImageAddress;
import org.postern.render.images.ImageCache;
import org.postern.render.images.SafeImage;
import org.postern.store.CacheName;
import org.postern.store.SharedCache;
import org.postern.store.StoreException;

/**
 * Images in the cache of the store, where every replica finds them: each content once for each tenant, and for each address a
 * word on which content it has. Both under sums with a key, so that whoever sees the store learns neither which images were
 * shown nor whether two tenants had the same one.
 */
public final class StoredImages implements ImageCache {
    private static final System.Logger LOG = System.getLogger(StoredImages.class.getName());
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "postern kept images 1";
    private static final Set<String> TYPES = Set.of("image/png", "image/jpeg", "image/gif");

    private final SharedCache cache;
    private final SecretKeySpec key;
    private final Clock clock;
    private final Duration keptFor;
    private final long mostBytes;

    /**
     * @param secret of the installation; another key is made of it for names alone
     * @param keptFor how long an image is kept
     * @param mostBytes of all images together
     */
    public StoredImages(SharedCache cache, byte[] secret, Clock clock, Duration keptFor, long mostBytes) {
        this.cache = cache;
        this.key = new SecretKeySpec(sum(new SecretKeySpec(secret, ALGORITHM), PURPOSE), ALGORITHM);
        this.clock = clock;
        this.keptFor = keptFor;
        this.mostBytes = mostBytes;
    }

    @Override
    public Optional<SafeImage> find(ImageAddress address) {
        try {
            Optional<byte[]> word = cache.find(name("address", address.tenant().value(), address.url()));
            return word.isEmpty() ? Optional.empty() : content(new String(word.get(), StandardCharsets.US_ASCII));
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    /** The image of a word {@code <media type> <name of the content>}. */
    private Optional<SafeImage> content(String word) throws StoreException {
        int space = word.indexOf(' ');
        String type = space < 0 ? null : known(word.substring(0, space));
        return type == null
                ? Optional.empty()
                : cache.find(new CacheName(word.substring(space + 1))).map(bytes -> new SafeImage(type, bytes));
    }

    private static @Nullable String known(String mediaType) {
        return TYPES.contains(mediaType) ? mediaType : null;
    }

    @Override
    public void keep(ImageAddress address, SafeImage image) {
        if (image.size() > mostBytes) {
            return;
        }
        byte[] bytes = image.bytes();
        CacheName content =
                name("content", address.tenant().value(), HexFormat.of().formatHex(hash(bytes)));
        String word = image.mediaType() + " " + content.hex();
        try {
            // The content first: a word on what is not there yet would be a word on nothing.
            cache.keep(content, bytes);
            cache.keep(
                    name("address", address.tenant().value(), address.url()), word.getBytes(StandardCharsets.US_ASCII));
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "an image is not kept; it is fetched again another time");
        }
    }

    /** Takes away what is too old, and what is too much. */
    public void trim() {
        try {
            cache.trim(clock.instant().minus(keptFor), mostBytes);
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "kept images could not be looked through; they are another time");
        }
    }

    private CacheName name(String kind, String tenant, String what) {
        return new CacheName(HexFormat.of().formatHex(sum(key, kind + "\0" + tenant + "\0" + what)));
    }

    private static byte[] sum(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
