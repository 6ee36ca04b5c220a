package org.postern.spam.kafka;

import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.postern.edge.kafka.EventRecords;
import org.postern.engine.Pause;
import org.postern.events.TraceContext;
import org.postern.events.codec.EventCodec;
import org.postern.events.mail.MailAssessed;

/** Tells facts on {@code mail.assessed.v1}. */
@ApplicationScoped
public class AssessedMails {
    static final String CHANNEL = "assessed";

    private static final Logger LOG = Logger.getLogger(AssessedMails.class);
    // Longer than the producer's own delivery.timeout.ms, so that a record is not sent again while it is on its way.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(150);
    private static final Duration BEFORE_NEXT = Duration.ofSeconds(2);

    private final MutinyEmitter<String> emitter;
    private final EventCodec codec;
    private final Pause pause;

    // Bounded by the consumer: there is one fact for each mail in work.
    AssessedMails(
            @Channel(CHANNEL) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<String> emitter,
            EventCodec codec,
            Pause pause) {
        this.emitter = emitter;
        this.codec = codec;
        this.pause = pause;
    }

    /** Tells a fact and returns when the broker has it, however long that takes. */
    void tell(MailAssessed fact, TraceContext trace) throws InterruptedException {
        while (true) {
            try {
                emitter.sendMessage(EventRecords.outgoing(codec.encode(fact, trace)))
                        .await()
                        .atMost(LONGEST_WAIT);
                return;
            } catch (RuntimeException e) {
                // Whatever it is, the mail is not done until its fact is told.
                LOG.warnf(
                        "a fact could not be told (%s), trying again",
                        e.getClass().getSimpleName());
                pause.pause(BEFORE_NEXT);
            }
        }
    }
}
