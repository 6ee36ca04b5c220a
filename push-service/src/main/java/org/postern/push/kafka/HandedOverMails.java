package org.postern.push.kafka;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.postern.edge.kafka.DeadLetters;
import org.postern.edge.kafka.EventRecords;
import org.postern.edge.tracing.Span;
import org.postern.edge.tracing.SpanAttribute;
import org.postern.edge.tracing.Tracing;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.push.StateChanged;
import org.postern.push.AnnounceMail;
import org.postern.push.account.AccountDirectory;
import org.postern.push.account.DeliverySwitch;

/** Mails that were handed over become changes of the accounts of their recipients. */
@ApplicationScoped
public class HandedOverMails {
    private final EventCodec codec;
    private final PushEvents events;
    private final AccountDirectory directory;
    private final DeliverySwitch deliveries;
    private final RecordLoop loop;
    private final Tracing tracing;

    HandedOverMails(
            EventCodec codec,
            PushEvents events,
            AccountDirectory directory,
            DeliverySwitch deliveries,
            DeadLetters deadLetters,
            Tracing tracing) {
        this.codec = codec;
        this.events = events;
        this.directory = directory;
        this.deliveries = deliveries;
        this.loop = new RecordLoop(deadLetters);
        this.tracing = tracing;
    }

    /** Announces one mail. Acknowledged when the broker has every change. */
    @Incoming("handed-over")
    @RunOnVirtualThread
    public CompletionStage<Void> announce(Message<byte[]> record) {
        return loop.run(record, this::handle);
    }

    private void handle(Message<byte[]> record) throws UnreadableEventException {
        ReceivedEvent<MailHandedOver> received = EventRecords.incoming(codec, MailHandedOver.class, record);
        try (Span span = EventRecords.span(tracing, record, received)) {
            span.with(SpanAttribute.MESSAGE, received.event().key());
            for (StateChanged change : AnnounceMail.changes(received.event(), directory, deliveries)) {
                events.publish(change, received.trace());
            }
        }
    }
}
