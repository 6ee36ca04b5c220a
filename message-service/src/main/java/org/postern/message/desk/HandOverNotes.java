package org.postern.message.desk;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.postern.events.MessageId;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.Pauses;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.verdict.HandOver;

/**
 * Notes what mail servers were answered, after they were and with nobody waiting for it. A mail server that has its answer does not
 * come again: what is not noted would never be recalled, so it is tried for as long as the ledger is away. There are never many,
 * because mail servers are put off meanwhile.
 */
public final class HandOverNotes {
    private static final Logger LOG = Logger.getLogger(HandOverNotes.class);

    private final HandOver handOver;
    private final Executor executor;
    private final Pauses betweenTries;

    /** @param executor may be kept busy for as long as the ledger is away */
    public HandOverNotes(HandOver handOver, Executor executor) {
        this(handOver, executor, new Pauses(Duration.ofMillis(200), Duration.ofSeconds(5)));
    }

    HandOverNotes(HandOver handOver, Executor executor, Pauses betweenTries) {
        this.handOver = handOver;
        this.executor = executor;
        this.betweenTries = betweenTries;
    }

    /** @param answered what was answered for each recipient, in the order of the envelope */
    void note(MessageRecord message, List<RecipientJudgement> answered) {
        executor.execute(() -> untilNoted(message, answered));
    }

    private void untilNoted(MessageRecord message, List<RecipientJudgement> answered) {
        MessageId id = message.receipt().id();
        try {
            for (int tries = 0; !isNoted(message, answered); tries++) {
                LOG.warnf("the hand-over of message %s waits: the database is away", id);
                Thread.sleep(betweenTries.after(tries));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.errorf("the hand-over of message %s was not noted before the service stopped", id);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "the hand-over of message %s cannot be noted: %s",
                    id, e.getClass().getSimpleName());
        }
    }

    private boolean isNoted(MessageRecord message, List<RecipientJudgement> answered) {
        try {
            handOver.sent(message, answered);
            return true;
        } catch (LedgerUnavailableException e) {
            return false;
        }
    }
}
