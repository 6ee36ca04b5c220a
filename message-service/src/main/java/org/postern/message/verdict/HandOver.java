package org.postern.message.verdict;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.postern.events.RecipientHashKey;
import org.postern.events.mail.MailHandedOver;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;

/** Notes that an answer about a message was really sent to whoever handed it in. Only settled judgements are handed over. */
public final class HandOver {
    private final Ledger ledger;
    private final RecipientHashKey hashKey;
    private final Clock clock;

    public HandOver(Ledger ledger, RecipientHashKey hashKey, Clock clock) {
        this.ledger = ledger;
        this.hashKey = hashKey;
        this.clock = clock;
    }

    /** The answer that shows this record was sent. */
    public void sent(MessageRecord message) {
        Judgement judgement = message.state().judgement();
        if (judgement != null) {
            sent(message, judgement.recipients());
        }
    }

    /**
     * An answer by this record was sent that says something else for its recipients than the judgement does.
     *
     * @param answered what was answered for each recipient, in the order of the envelope
     */
    public void sent(MessageRecord message, List<RecipientJudgement> answered) {
        Judgement judgement = message.state().judgement();
        if (judgement == null || !message.awaitsHandOver()) {
            return;
        }
        var received = message.receipt().event();
        ledger.handOver(
                new MailHandedOver(
                        received.messageId(),
                        received.tenant(),
                        judgement.revision(),
                        received.path(),
                        received.object(),
                        Outcomes.hashed(hashKey, received.tenant(), answered),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                message.receipt());
    }
}
