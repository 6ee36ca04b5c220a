package org.postern.scan.kafka;

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
import org.postern.edge.kafka.FailedAt;
import org.postern.edge.tracing.Span;
import org.postern.edge.tracing.SpanAttribute;
import org.postern.edge.tracing.Tracing;
import org.postern.engine.Pause;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailScanned;
import org.postern.scan.ScanMessage;

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
    private final ScanMessage scanMessage;
    private final ScannedMails facts;
    private final DeadLetters deadLetters;
    private final Pause pause;
    private final Tracing tracing;

    ReceivedMails(
            EventCodec codec,
            ScanMessage scanMessage,
            ScannedMails facts,
            DeadLetters deadLetters,
            Pause pause,
            Tracing tracing) {
        this.codec = codec;
        this.scanMessage = scanMessage;
        this.facts = facts;
        this.deadLetters = deadLetters;
        this.pause = pause;
        this.tracing = tracing;
    }

    /** Scans one mail and tells what came of it. */
    @Incoming(CHANNEL)
    @RunOnVirtualThread
    public CompletionStage<Void> scan(Message<byte[]> record) {
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
            try (Span span = EventRecords.span(tracing, record, received)) {
                span.with(SpanAttribute.MESSAGE, received.event().key());
                MailScanned fact = scanMessage.scan(received.event());
                facts.tell(fact, received.trace());
            }
        } catch (UnreadableEventException e) {
            setAside(record, "not an event of this topic");
        } catch (RuntimeException | StackOverflowError e) {
            // A bug of ours must not hold up every other mail, nor one that is made to be nested without end. The mail
            // itself stays inconclusive, and is delivered nowhere.
            LOG.errorf("a mail could not be handled: %s", FailedAt.of(e));
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
