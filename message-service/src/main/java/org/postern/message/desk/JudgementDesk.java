package org.postern.message.desk;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.message.BrokerUnavailableException;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.intake.SmtpMail;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.reception.RateExceededException;
import org.postern.message.reception.ReceiveFromMailServer;
import org.postern.message.reception.Reception;
import org.postern.message.waiting.AwaitJudgement;
import org.postern.store.BodyTooLargeException;
import org.postern.store.StoreException;

/** Takes messages in and waits until they are judged. */
public final class JudgementDesk implements Desk {
    private static final Logger LOG = Logger.getLogger(JudgementDesk.class);

    private final ReceiveFromMailServer receive;
    private final AwaitJudgement await;
    private final HandOverNotes notes;
    private final Duration longest;

    /** @param longest how long a judgement is waited for */
    public JudgementDesk(ReceiveFromMailServer receive, AwaitJudgement await, HandOverNotes notes, Duration longest) {
        this.receive = receive;
        this.await = await;
        this.notes = notes;
        this.longest = longest;
    }

    @Override
    public Outcome take(SmtpMail mail, InputStream body, TraceContext trace) throws InterruptedException {
        try {
            return switch (receive.receive(mail, body, trace)) {
                case Reception.Taken taken -> judged(mail.tenant(), taken);
                case Reception.Released released -> new Outcome.Released(released.message());
            };
        } catch (BodyTooLargeException e) {
            return new Outcome.Refused("552 5.3.4 The message is larger than is taken here");
        } catch (StoreException e) {
            LOG.warnf("a message cannot be stored: %s", e.getClass().getSimpleName());
            return new Outcome.Unjudged(null, "452 4.3.1 The message cannot be stored now; send it again later");
        } catch (BrokerUnavailableException e) {
            LOG.warn("a message cannot be told of: the broker is away");
            return new Outcome.Unjudged(null, "451 4.3.0 The message cannot be taken in now; send it again later");
        } catch (LedgerUnavailableException e) {
            LOG.warn("a released message cannot be let through: the database is away");
            return new Outcome.Unjudged(null, Outcome.COME_AGAIN);
        } catch (RateExceededException e) {
            return new Outcome.Unjudged(null, "451 4.7.1 Too many recipients in an hour; send it again later");
        } catch (IOException e) {
            // Broken off: nobody waits for an answer.
            return new Outcome.Unjudged(null, Outcome.COME_AGAIN);
        }
    }

    private Outcome judged(Tenant tenant, Reception.Taken taken) throws InterruptedException {
        MessageId id = taken.receipt().id();
        return await.awaitDecided(tenant, id, longest, taken.isNew())
                .<Outcome>map(Outcome.Judged::new)
                .orElseGet(() -> new Outcome.Unjudged(id, Outcome.COME_AGAIN));
    }

    @Override
    public void handedOver(MessageRecord message, List<RecipientJudgement> answered) {
        if (message.awaitsHandOver()) {
            notes.note(message, answered);
        }
    }
}
