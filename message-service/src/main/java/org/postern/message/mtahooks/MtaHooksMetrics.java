package org.postern.message.mtahooks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What is measured at the port for MTA Hooks: {@code postern.mta.hooks.answers}, from the last byte of a message to its
 * answer, by what was answered; {@code postern.mta.hooks.connections}, those that are open; {@code
 * postern.mta.hooks.hangups}, connections and requests that got no answer, by why; {@code postern.mta.hooks.replaced},
 * messages in which bytes may be lost that were no UTF-8.
 */
public final class MtaHooksMetrics {
    private final MeterRegistry registry;
    private final Counter replaced;

    /** Why somebody got no answer. */
    enum Hangup {
        /** Not one of the networks allowed. */
        STRANGER,
        /** More than the most. */
        FULL,
        /** Without the secret. */
        UNAUTHORISED,
        /** Not a hook, or more than is taken. */
        MALFORMED,
        /** The mail server was gone in the middle, or before it was answered. */
        LOST
    }

    public MtaHooksMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.replaced = Counter.builder("postern.mta.hooks.replaced")
                .description("Messages with U+FFFD, which Stalwart writes in place of bytes that are no UTF-8")
                .register(registry);
        // There from the start, so that the first one is a rise and not a beginning.
        for (Hangup hangup : Hangup.values()) {
            counter(hangup);
        }
    }

    void watch(Collection<?> connections) {
        registry.gaugeCollectionSize("postern.mta.hooks.connections", List.of(), connections);
    }

    void answered(String word, Duration took) {
        Timer.builder("postern.mta.hooks.answers")
                .description("From the last byte of a message to its answer")
                .tag("answer", word.replaceAll("[^a-z]+", "-"))
                .register(registry)
                .record(took);
    }

    void replaced() {
        replaced.increment();
    }

    void hungUp(Hangup why) {
        counter(why).increment();
    }

    private Counter counter(Hangup why) {
        return Counter.builder("postern.mta.hooks.hangups")
                .description("Connections and requests of mail servers that got no answer")
                .tag("why", why.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
