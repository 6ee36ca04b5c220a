package org.postern.render.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.postern.render.kept.RememberedRenditions;
import org.postern.render.kept.RenditionCache;
import org.postern.render.kept.RenditionCacheContract;

class CountedRenditionsTest implements RenditionCacheContract {
    private final RenditionCache kept = new RememberedRenditions();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CountedRenditions renditions = new CountedRenditions(kept, registry);

    @Override
    public RenditionCache cache() {
        return renditions;
    }

    @Override
    public RenditionCache otherReplica() {
        return kept;
    }

    @Test
    void countsWhatWasFoundAndWhatWasNot() {
        renditions.find(ONE);
        renditions.keep(ONE, RenditionCacheContract.kept("<p>one</p>"));
        renditions.find(ONE);
        renditions.find(ONE);

        assertThat(count("hit")).isEqualTo(2);
        assertThat(count("miss")).isOne();
    }

    @Test
    void bothResultsAreThereBeforeAnythingIsLookedFor() {
        assertThat(count("hit")).isZero();
        assertThat(count("miss")).isZero();
    }

    private double count(String result) {
        return registry.get("postern.renditions.sought")
                .tag("result", result)
                .counter()
                .count();
    }
}
