package org.postern.message.milter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;

/**
 * What is measured at the port for mail servers: {@code postern.milter.answers}, from the last byte of a message to its
 * answer, by what was answered; {@code postern.milter.connections}, those that are open; {@code postern.milter.hangups}, those
 * that we ended, and those that ended within a message, by why.
 */
public final class MilterMetrics {
    private final MeterRegistry registry;

    /** Why a connection ended before its time. */
    enum Hangup {
        /** Not one of the networks allowed. */
        STRANGER,
        /** More than the most. */
        FULL,
        /** It is not the protocol, or not in its order. */
        MALFORMED,
        /** The mail server was gone in the middle. */
        LOST
    }

    public MilterMetrics(MeterRegistry registry) {
        this.registry = registry;
        // There from the start, so that the first one is a rise and not a beginning.
        for (Hangup hangup : Hangup.values()) {
            counter(hangup);
        }
    }

    void watch(Collection<?> connections) {
        registry.gaugeCollectionSize("postern.milter.connections", java.util.List.of(), connections);
    }

    void answered(String word, Duration took) {
        Timer.builder("postern.milter.answers")
                .description("From the last byte of a message to its answer")
                .tag("answer", word.replaceAll("[^a-z]+", "-"))
                .register(registry)
                .record(took);
    }

    void hungUp(Hangup why) {
        counter(why).increment();
    }

    private Counter counter(Hangup why) {
        return Counter.builder("postern.milter.hangups")
                .description("Connections of mail servers that ended before their time")
                .tag("why", why.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
