package org.postern.scan.kafka;

import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.kafka.EventRecords;
import org.postern.engine.Pause;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.events.mail.MailScanned;

/** Tells facts on {@code mail.scanned.v1}. */
@ApplicationScoped
public class ScannedMails {
    static final String CHANNEL = "scanned";

    private static final Logger LOG = Logger.getLogger(ScannedMails.class);
    // Longer than the producer's own delivery.timeout.ms, so that a record is not sent again while it is on its way.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(150);
    private static final Duration BEFORE_NEXT = Duration.ofSeconds(2);

    private final MutinyEmitter<String> emitter;
    private final EventCodec codec;
    private final Pause pause;

    // Bounded by the consumer: there is one fact for each mail in work.
    ScannedMails(
            @Channel(CHANNEL) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<String> emitter,
            EventCodec codec,
            Pause pause) {
        this.emitter = emitter;
        this.codec = codec;
        this.pause = pause;
    }

    /**
     * Tells a fact and returns when the broker has it, however long that takes; in a shorter form where it is refused for
     * ever.
     *
     * @throws FactRefusedException where it is refused even so
     */
    void tell(MailScanned fact, TraceContext trace) throws InterruptedException {
        try {
            send(codec.encode(fact, trace));
        } catch (FactRefusedException e) {
            LOG.errorf("a fact is told without its parts (%s)", nameOf(e.getCause()));
            send(codec.encode(ShorterFact.of(fact), trace));
        }
    }

    private void send(EncodedEvent event) throws InterruptedException {
        while (true) {
            try {
                emitter.sendMessage(EventRecords.outgoing(event)).await().atMost(LONGEST_WAIT);
                return;
            } catch (RuntimeException e) {
                Throwable forEver = whatStays(e);
                if (forEver != null) {
                    throw new FactRefusedException(forEver);
                }
                // Whatever else it is, the mail is not done until its fact is told.
                LOG.warnf("a fact could not be told (%s), trying again", nameOf(e));
                pause.pause(BEFORE_NEXT);
            }
        }
    }

    /** Of the causes the one that is about the record and not about the broker; null where there is none. */
    private static @Nullable Throwable whatStays(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof RecordTooLargeException || one instanceof SerializationException) {
                return one;
            }
        }
        return null;
    }

    private static String nameOf(@Nullable Throwable failure) {
        return failure == null ? "no cause" : failure.getClass().getSimpleName();
    }
}
