package org.postern.message.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is measured at a port for mail servers, under the name of its protocol: {@code …answers}, from the last byte of a message
 * to its answer, by what was answered; {@code …connections}, those that are open; {@code …hangups}, what ended without an
 * answer, by why. At the port for MTA Hooks {@code postern.mta.hooks.replaced} besides, messages in which bytes may be lost that
 * were no UTF-8: only there a message comes as text.
 */
public final class PortMetrics {
    private final MeterRegistry registry;
    private final Names names;

    /** Why somebody got no answer. */
    public enum Hangup {
        /** Not one of the networks allowed. */
        STRANGER,
        /** More than the most. */
        FULL,
        /** Without the secret, where there is one. */
        UNAUTHORISED,
        /** It is not the protocol, not in its order, or more than is taken. */
        MALFORMED,
        /** The mail server was gone in the middle, or before it was answered. */
        LOST
    }

    private record Names(String answers, String connections, String hangups, String ended) {}

    private PortMetrics(MeterRegistry registry, Names names, Set<Hangup> possible) {
        this.registry = registry;
        this.names = names;
        // There from the start, so that the first one is a rise and not a beginning.
        possible.forEach(this::counter);
    }

    /** Of the port for milter, where nobody needs a secret. */
    public static PortMetrics ofMilter(MeterRegistry registry) {
        Names names = new Names(
                "postern.milter.answers",
                "postern.milter.connections",
                "postern.milter.hangups",
                "Connections of mail servers that ended before their time");
        return new PortMetrics(registry, names, EnumSet.complementOf(EnumSet.of(Hangup.UNAUTHORISED)));
    }

    /** Of the port for MTA Hooks. */
    public static PortMetrics ofMtaHooks(MeterRegistry registry) {
        Names names = new Names(
                "postern.mta.hooks.answers",
                "postern.mta.hooks.connections",
                "postern.mta.hooks.hangups",
                "Connections and requests of mail servers that got no answer");
        replacements(registry);
        return new PortMetrics(registry, names, EnumSet.allOf(Hangup.class));
    }

    /** @param connections those that are open, as long as the service runs */
    public void watch(Collection<?> connections) {
        registry.gaugeCollectionSize(names.connections(), List.of(), connections);
    }

    /**
     * @param word what was answered
     * @param took from the last byte of the message
     */
    public void answered(String word, Duration took) {
        Timer.builder(names.answers())
                .description("From the last byte of a message to its answer")
                .tag("answer", word.replaceAll("[^a-z]+", "-"))
                .register(registry)
                .record(took);
    }

    /** Somebody got no answer. */
    public void hungUp(Hangup why) {
        counter(why).increment();
    }

    /** A message came by MTA Hooks in which bytes may be lost. */
    public void replaced() {
        replacements(registry).increment();
    }

    private static Counter replacements(MeterRegistry registry) {
        return Counter.builder("postern.mta.hooks.replaced")
                .description("Messages with U+FFFD, which Stalwart writes in place of bytes that are no UTF-8")
                .register(registry);
    }

    private Counter counter(Hangup why) {
        return Counter.builder(names.hangups())
                .description(names.ended())
                .tag("why", why.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
