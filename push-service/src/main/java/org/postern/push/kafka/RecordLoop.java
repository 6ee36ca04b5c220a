package org.postern.push.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.postern.edge.kafka.DeadLetters;
import org.postern.edge.kafka.FailedAt;
import org.postern.events.codec.UnreadableEventException;
import org.postern.push.DatabaseAwayException;

/**
 * Stays with a record until it is handled or among the dead letters, and acknowledges it then. What will pass, like a
 * database that is away, is waited for; what is no event is set aside; a bug of ours holds nothing else up.
 */
final class RecordLoop {
    private static final Logger LOG = Logger.getLogger(RecordLoop.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int TRIES_AFTER_A_BUG = 3;

    private final DeadLetters deadLetters;

    RecordLoop(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** What is done with a record. */
    @FunctionalInterface
    interface Handler {
        void handle(Message<byte[]> message) throws UnreadableEventException, InterruptedException;
    }

    /** The broker did not take what a record gave rise to. */
    static final class BrokerAwayException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokerAwayException(Throwable cause) {
            super(cause);
        }
    }

    CompletionStage<Void> run(Message<byte[]> message, Handler handler) {
        try {
            Duration pause = SHORTEST_PAUSE;
            for (int bugs = 0; !isDone(message, handler, bugs); pause = longer(pause)) {
                bugs++;
                Thread.sleep(pause);
            }
            return message.ack();
        } catch (InterruptedException e) {
            // The service stops. Neither acknowledged nor refused, the record comes again.
            return new CompletableFuture<>();
        }
    }

    private boolean isDone(Message<byte[]> message, Handler handler, int triesBefore) throws InterruptedException {
        try {
            handler.handle(message);
            return true;
        } catch (UnreadableEventException e) {
            return isSetAside(message, "not an event of this topic");
        } catch (DatabaseAwayException | BrokerAwayException e) {
            LOG.warnf("a record waits: %s", e.getClass().getSimpleName());
            return false;
        } catch (RuntimeException e) {
            // Without its message, which may quote what it failed on.
            LOG.errorf("a record could not be handled: %s", FailedAt.of(e));
            return triesBefore >= TRIES_AFTER_A_BUG
                    && isSetAside(message, "handling failed: " + e.getClass().getSimpleName());
        }
    }

    private boolean isSetAside(Message<byte[]> message, String reason) {
        try {
            deadLetters.send(message, reason);
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("a record waits for the dead letters: %s", e.getClass().getSimpleName());
            return false;
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
