package org.postern.render.kept;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps renditions in memory, as they are. */
public final class RememberedRenditions implements RenditionCache {
    private final Map<String, KeptRendition> kept = new ConcurrentHashMap<>();

    @Override
    public Optional<KeptRendition> find(Original original) {
        return Optional.ofNullable(kept.get(name(original)));
    }

    @Override
    public void keep(Original original, KeptRendition rendition) {
        kept.put(name(original), rendition);
    }

    /** All that is kept. */
    public Iterable<KeptRendition> all() {
        return kept.values();
    }

    private static String name(Original original) {
        return original.tenant() + "\0" + original.shape() + "\0"
                + new String(original.bytes(), StandardCharsets.ISO_8859_1);
    }
}
