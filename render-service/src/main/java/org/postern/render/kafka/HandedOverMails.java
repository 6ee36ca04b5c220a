package org.postern.render.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.postern.edge.kafka.DeadLetters;
import org.postern.edge.kafka.EventRecords;
import org.postern.edge.kafka.FailedAt;
import org.postern.edge.tracing.Span;
import org.postern.edge.tracing.SpanAttribute;
import org.postern.edge.tracing.Tracing;
import org.postern.events.ObjectReference;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.EventJson;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailRendered;
import org.postern.mime.UnreadableMailException;
import org.postern.render.RenderMessage;
import org.postern.render.RenderingException;
import org.postern.render.Rendition;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.PrefetchImages;
import org.postern.render.images.ProxiedImages;
import org.postern.render.remote.RemoteImages;
import org.postern.store.MessageStore;
import org.postern.store.ObjectCorruptException;
import org.postern.store.ObjectMissingException;

/**
 * Renders mails that were handed over for somebody to read. A record is acknowledged when its rendition is announced, or
 * the record is among the dead letters. What the mail itself is to blame for is set aside; what will pass is waited for.
 */
@ApplicationScoped
public class HandedOverMails {
    private static final Logger LOG = Logger.getLogger(HandedOverMails.class);
    private static final long LARGEST_RENDITION = 256L * 1024 * 1024;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(150);
    private static final Duration BEFORE_NEXT = Duration.ofSeconds(2);

    private final EventCodec codec;
    private final RenderMessage renderMessage;
    private final MessageStore store;
    private final MutinyEmitter<String> rendered;
    private final DeadLetters deadLetters;
    private final ImageTokens tokens;
    private final PrefetchImages prefetch;
    private final Tracing tracing;
    private final ObjectMapper json = EventJson.mapper();

    HandedOverMails(
            EventCodec codec,
            RenderMessage renderMessage,
            MessageStore store,
            @Channel("rendered") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<String> rendered,
            DeadLetters deadLetters,
            ImageTokens tokens,
            PrefetchImages prefetch,
            Tracing tracing) {
        this.codec = codec;
        this.renderMessage = renderMessage;
        this.store = store;
        this.rendered = rendered;
        this.deadLetters = deadLetters;
        this.tokens = tokens;
        this.prefetch = prefetch;
        this.tracing = tracing;
    }

    /** Renders one mail and announces it. */
    @Incoming("handed-over")
    @RunOnVirtualThread
    public CompletionStage<Void> render(Message<byte[]> record) {
        try {
            while (!isDone(record)) {
                Thread.sleep(BEFORE_NEXT);
            }
            return record.ack();
        } catch (InterruptedException e) {
            // The service stops. Neither acknowledged nor refused, the record comes again.
            return new CompletableFuture<>();
        }
    }

    /** Whether nothing is left to do for a record; otherwise it is worth another try. */
    private boolean isDone(Message<byte[]> record) {
        try {
            ReceivedEvent<MailHandedOver> received = EventRecords.incoming(codec, MailHandedOver.class, record);
            if (isForReading(received.event())) {
                try (Span span = EventRecords.span(tracing, record, received)) {
                    span.with(SpanAttribute.MESSAGE, received.event().key());
                    announce(received);
                }
                prefetch(received.event());
            }
            return true;
        } catch (UnreadableEventException e) {
            return isSetAside(record, "not an event of this topic");
        } catch (UnreadableMailException e) {
            return isSetAside(record, e.defect().code());
        } catch (RenderingException e) {
            return isSetAside(record, e.reason().code());
        } catch (ObjectMissingException | ObjectCorruptException e) {
            return isSetAside(record, "object-unreadable");
        } catch (IOException e) {
            LOG.warnf(
                    "the store is not available (%s), trying again",
                    e.getClass().getSimpleName());
            return false;
        } catch (AnnouncementException e) {
            LOG.warn("a rendition could not be announced, trying again");
            return false;
        } catch (RuntimeException e) {
            // Without its message, which may quote what it failed on.
            LOG.errorf("a mail could not be rendered: %s", FailedAt.of(e));
            return isSetAside(record, "rendering failed: " + e.getClass().getSimpleName());
        }
    }

    private static boolean isForReading(MailHandedOver mail) {
        return mail.recipients().stream().anyMatch(recipient -> switch (recipient.disposition()) {
            case DELIVER, DELIVER_WITH_WARNING, JUNK -> true;
            case QUARANTINE, REJECT, DEFER -> false;
        });
    }

    private void announce(ReceivedEvent<MailHandedOver> received) throws IOException {
        MailHandedOver mail = received.event();
        Rendition rendition;
        try (InputStream body = store.open(mail.object())) {
            rendition = renderMessage.mail(body, RemoteImages.blocked());
        }
        byte[] bytes = json.writeValueAsBytes(rendition);
        ObjectReference reference = store.put(mail.tenant(), new ByteArrayInputStream(bytes), LARGEST_RENDITION);
        MailRendered fact = new MailRendered(
                mail.messageId(),
                mail.tenant(),
                reference,
                rendition.counts().blocked(),
                rendition.counts().trackers(),
                RemoteDomains.of(rendition.remote()),
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
        try {
            rendered.sendMessage(EventRecords.outgoing(codec.encode(fact, received.trace())))
                    .await()
                    .atMost(LONGEST_WAIT);
        } catch (RuntimeException e) {
            // Nobody knows of that object yet; the next try writes another.
            store.erase(mail.tenant(), reference.id());
            throw new AnnouncementException(e);
        }
    }

    /** The images of what was delivered without a word of warning, where that is wanted. */
    private void prefetch(MailHandedOver mail) throws IOException {
        boolean delivered =
                mail.recipients().stream().anyMatch(recipient -> recipient.disposition() == Disposition.DELIVER);
        if (prefetch.isOn() && delivered) {
            ProxiedImages images = new ProxiedImages(tokens, mail.tenant(), "");
            try (InputStream body = store.open(mail.object())) {
                renderMessage.mail(body, images);
            }
            prefetch.later(images.shown());
        }
    }

    private boolean isSetAside(Message<byte[]> record, String reason) {
        try {
            deadLetters.send(record, reason);
            return true;
        } catch (RuntimeException e) {
            LOG.warnf(
                    "a record could not be set aside (%s), trying again",
                    e.getClass().getSimpleName());
            return false;
        }
    }

    /** The broker did not take the announcement. */
    private static final class AnnouncementException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AnnouncementException(Throwable cause) {
            super(cause);
        }
    }
}
