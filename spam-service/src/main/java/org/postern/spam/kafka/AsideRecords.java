package org.postern.spam.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.postern.edge.kafka.DeadLetters;
import org.postern.edge.kafka.FailedAt;
import org.postern.engine.Pause;

/** Puts records that cannot be handled among the dead letters, however long that takes. */
@ApplicationScoped
class AsideRecords {
    private static final Logger LOG = Logger.getLogger(AsideRecords.class);
    private static final Duration BEFORE_NEXT = Duration.ofSeconds(2);

    private final DeadLetters deadLetters;
    private final Pause pause;

    AsideRecords(DeadLetters deadLetters, Pause pause) {
        this.deadLetters = deadLetters;
        this.pause = pause;
    }

    /** Puts a record aside, for a reason in a few words. */
    void put(Message<byte[]> record, String reason) throws InterruptedException {
        while (true) {
            try {
                deadLetters.send(record, reason);
                return;
            } catch (RuntimeException e) {
                LOG.warnf(
                        "a record could not be set aside (%s), trying again",
                        e.getClass().getSimpleName());
                pause.pause(BEFORE_NEXT);
            }
        }
    }

    /** Puts a record aside on which we failed: a bug of ours must not hold up every other record. */
    void put(Message<byte[]> record, RuntimeException failure) throws InterruptedException {
        // Without its message, which may quote what it failed on.
        LOG.errorf("a record could not be handled: %s", FailedAt.of(failure));
        put(record, "handling failed: " + failure.getClass().getSimpleName());
    }
}
