package org.postern.spam.kafka;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.postern.edge.kafka.EventRecords;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.MailFeedback;
import org.postern.spam.LearnFeedback;

/**
 * Takes what people say of mails from {@code mail.feedback.v1}, one word after the other: a later word about a mail must not
 * overtake an earlier one. A record is acknowledged when its word was learned, or the record is among the dead letters.
 */
@ApplicationScoped
public class Feedback {
    static final String CHANNEL = "feedback";

    private final EventCodec codec;
    private final LearnFeedback learnFeedback;
    private final Tally tally;
    private final AsideRecords aside;

    /** Counts what came of words. */
    @FunctionalInterface
    public interface Tally {
        /** One more. */
        void count(FeedbackClass mailClass, LearnFeedback.Outcome outcome);
    }

    Feedback(EventCodec codec, LearnFeedback learnFeedback, Tally tally, AsideRecords aside) {
        this.codec = codec;
        this.learnFeedback = learnFeedback;
        this.tally = tally;
        this.aside = aside;
    }

    /** Learns from one word. */
    @Incoming(CHANNEL)
    @Blocking(value = "learning", ordered = true)
    public CompletionStage<Void> learn(Message<byte[]> record) {
        try {
            handle(record);
            return record.ack();
        } catch (InterruptedException e) {
            // The service stops. Neither acknowledged nor refused, the record comes again.
            return new CompletableFuture<>();
        }
    }

    private void handle(Message<byte[]> record) throws InterruptedException {
        try {
            MailFeedback said =
                    EventRecords.incoming(codec, MailFeedback.class, record).event();
            LearnFeedback.Outcome outcome = learnFeedback.learn(said);
            if (outcome == LearnFeedback.Outcome.GIVEN_UP) {
                aside.put(record, "Rspamd does not learn this mail, and learns others");
            }
            tally.count(said.mailClass(), outcome);
        } catch (UnreadableEventException e) {
            aside.put(record, "not an event of this topic");
        } catch (RuntimeException e) {
            aside.put(record, e);
        }
    }
}
