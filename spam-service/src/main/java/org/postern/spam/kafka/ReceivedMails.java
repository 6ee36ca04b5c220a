package org.postern.spam.kafka;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.postern.edge.kafka.EventRecords;
import org.postern.edge.tracing.Span;
import org.postern.edge.tracing.SpanAttribute;
import org.postern.edge.tracing.Tracing;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailReceived;
import org.postern.spam.AssessMessage;

/**
 * Takes mails from {@code mail.received.v1}. A record is acknowledged when its fact is on the broker, or the record itself
 * among the dead letters: whatever happens before that, it comes again. Records do not wait for one another.
 */
@ApplicationScoped
public class ReceivedMails {
    static final String CHANNEL = "received";

    private final EventCodec codec;
    private final AssessMessage assessMessage;
    private final AssessedMails facts;
    private final AsideRecords aside;
    private final Tracing tracing;

    ReceivedMails(
            EventCodec codec, AssessMessage assessMessage, AssessedMails facts, AsideRecords aside, Tracing tracing) {
        this.codec = codec;
        this.assessMessage = assessMessage;
        this.facts = facts;
        this.aside = aside;
        this.tracing = tracing;
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
            try (Span span = EventRecords.span(tracing, record, received)) {
                span.with(SpanAttribute.MESSAGE, received.event().key());
                MailAssessed fact = assessMessage.assess(received.event());
                facts.tell(fact, received.trace());
            }
        } catch (UnreadableEventException e) {
            aside.put(record, "not an event of this topic");
        } catch (RuntimeException e) {
            // The mail itself stays inconclusive, and is delivered nowhere.
            aside.put(record, e);
        }
    }
}
