package org.postern.message.desk;

import java.io.InputStream;
import java.util.List;
import org.postern.events.TraceContext;
import org.postern.message.intake.SmtpMail;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.MessageRecord;

/** Where messages are handed in. Blocks; safe for many threads. */
public interface Desk {
    /** Takes a message in and waits for its judgement. Whatever goes wrong is an outcome too. */
    Outcome take(SmtpMail mail, InputStream body, TraceContext trace) throws InterruptedException;

    /**
     * The answer about a message was sent.
     *
     * @param answered what was answered for each recipient, in the order of the envelope
     */
    void handedOver(MessageRecord message, List<RecipientJudgement> answered);
}
