package org.postern.render.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.postern.events.codec.EventJson;
import org.postern.render.kept.KeptRendition;
import org.postern.render.kept.Original;
import org.postern.render.kept.RenditionCache;
import org.postern.store.SharedCache;
import org.postern.store.StoreException;

/**
 * Renditions in the cache of the store, where every replica finds them, each under a name and a key that are made of its
 * original: once the last copy of a mail is erased, what was kept of it is noise, whoever holds the keys of the installation.
 */
public final class StoredRenditions implements RenditionCache {
    private static final System.Logger LOG = System.getLogger(StoredRenditions.class.getName());
    private static final String PURPOSE = "postern kept renditions 1";

    private final SharedCache cache;
    private final SecretKeySpec secret;
    private final String rules;
    private final Clock clock;
    private final Limits limits;
    private final ObjectMapper json = EventJson.mapper();

    /**
     * How much is kept.
     *
     * @param keptFor how long
     * @param largest bytes of one rendition
     * @param all bytes of all renditions together
     */
    public record Limits(Duration keptFor, int largest, long all) {}

    /** What is sealed: a rendition, and when it was made. */
    private record Entry(Instant at, KeptRendition kept) {}

    /**
     * @param secret of the installation; another key is made of it for this alone
     * @param rules the version of the sanitizer and of its tables: under others nothing is found
     */
    public StoredRenditions(SharedCache cache, byte[] secret, String rules, Clock clock, Limits limits) {
        this.cache = cache;
        this.secret = OriginalKey.secretFor(PURPOSE, secret);
        this.rules = rules;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public Optional<KeptRendition> find(Original original) {
        try {
            OriginalKey key = OriginalKey.of(secret, rules, original);
            Optional<byte[]> sealed = cache.find(key.name());
            if (sealed.isEmpty()) {
                return Optional.empty();
            }
            Entry entry = json.readValue(key.open(sealed.get()), Entry.class);
            boolean old = entry.at().isBefore(clock.instant().minus(limits.keptFor()));
            return old ? Optional.empty() : Optional.of(entry.kept());
        } catch (IOException | GeneralSecurityException e) {
            // The store is away, or what lies there is not what was put there.
            return Optional.empty();
        }
    }

    @Override
    public void keep(Original original, KeptRendition rendition) {
        try {
            byte[] plain = json.writeValueAsBytes(new Entry(clock.instant(), rendition));
            if (plain.length <= limits.largest()) {
                OriginalKey key = OriginalKey.of(secret, rules, original);
                cache.keep(key.name(), key.seal(plain));
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a rendition is not kept; it is made again another time");
        }
    }

    /** Takes away what is too old, and what is too much. */
    public void trim() {
        try {
            cache.trim(clock.instant().minus(limits.keptFor()), limits.all());
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "kept renditions could not be looked through; they are another time");
        }
    }
}
