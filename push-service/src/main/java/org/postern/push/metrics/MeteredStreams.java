package org.postern.push.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.postern.push.stream.StreamEnd;
import org.postern.push.stream.StreamEnds;

/** Counts the streams that we ended. */
public final class MeteredStreams implements StreamEnds {
    private final MeterRegistry registry;

    public MeteredStreams(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void ended(StreamEnd reason) {
        Counter.builder("postern.push.streams.ended")
                .description("Streams that were ended by us")
                .tag("reason", reason.word())
                .register(registry)
                .increment();
    }
}
