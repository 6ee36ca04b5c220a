package org.postern.spam.kafka;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.postern.edge.kafka.DeadLetters;
import org.postern.edge.kafka.EventRecords;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailReceived;
import org.postern.spam.AssessMessage;
import org.postern.spam.Pause;

/**
 * Takes mails from {@code mail.received.v1}. A record is acknowledged when its fact is on the broker, or the record itself
 * among the dead letters: whatever happens before that, it comes again. Records do not wait for one another.
 */
@ApplicationScoped
public class ReceivedMails {
    static final String CHANNEL = "received";

    private static final Logger LOG = Logger.getLogger(ReceivedMails.class);

    private static final Duration BEFORE_NEXT = Duration.ofSeconds(2);

    private final EventCodec codec;
    private final AssessMessage assessMessage;
    private final AssessedMails facts;
    private final DeadLetters deadLetters;
    private final Pause pause;

    ReceivedMails(
            EventCodec codec, AssessMessage assessMessage, AssessedMails facts, DeadLetters deadLetters, Pause pause) {
        this.codec = codec;
        this.assessMessage = assessMessage;
        this.facts = facts;
        this.deadLetters = deadLetters;
        this.pause = pause;
    }

    /** Assesses one mail and tells what came of it. */
    @Incoming(CHANNEL)
    @RunOnVirtualThread
    public CompletionStage<Void> assess(Message<byte[]> record) {
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
            ReceivedEvent<MailReceived> received = EventRecords.incoming(codec, MailReceived.class, record);
            MailAssessed fact = assessMessage.assess(received.event());
            facts.tell(fact, received.trace());
        } catch (UnreadableEventException e) {
            setAside(record, "not an event of this topic");
        } catch (RuntimeException e) {
            // A bug of ours must not hold up every other mail. The mail itself stays inconclusive, and is delivered
            // nowhere.
            // Without its message, which may quote what it failed on.
            LOG.errorf("a mail could not be handled: %s at %s", e.getClass().getName(), e.getStackTrace()[0]);
            setAside(record, "handling failed: " + e.getClass().getSimpleName());
        }
    }

    private void setAside(Message<byte[]> record, String reason) throws InterruptedException {
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
}
