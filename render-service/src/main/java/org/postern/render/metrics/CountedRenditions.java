package org.postern.render.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.postern.render.kept.KeptRendition;
import org.postern.render.kept.Original;
import org.postern.render.kept.RenditionCache;

/** A cache of renditions that counts how often one was found: {@code postern.renditions.sought}, by result. */
public final class CountedRenditions implements RenditionCache {
    private static final String NAME = "postern.renditions.sought";

    private final RenditionCache cache;
    private final Counter hits;
    private final Counter misses;

    public CountedRenditions(RenditionCache cache, MeterRegistry registry) {
        this.cache = cache;
        this.hits = counter("hit", registry);
        this.misses = counter("miss", registry);
    }

    private static Counter counter(String result, MeterRegistry registry) {
        return Counter.builder(NAME)
                .description("Renditions that were looked for among those kept, by whether one was found")
                .tag("result", result)
                .register(registry);
    }

    @Override
    public Optional<KeptRendition> find(Original original) {
        Optional<KeptRendition> found = cache.find(original);
        (found.isPresent() ? hits : misses).increment();
        return found;
    }

    @Override
    public void keep(Original original, KeptRendition rendition) {
        cache.keep(original, rendition);
    }
}
