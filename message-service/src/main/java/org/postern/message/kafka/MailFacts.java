package org.postern.message.kafka;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.kafka.DeadLetters;
import org.postern.edge.kafka.EventRecords;
import org.postern.edge.tracing.Span;
import org.postern.edge.tracing.SpanAttribute;
import org.postern.edge.tracing.Tracing;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.Topic;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailRecalled;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailRendered;
import org.postern.events.mail.MailScanned;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.ledger.Receipt;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.quarantine.KeepMail;
import org.postern.message.verdict.CollectFacts;
import org.postern.message.withdrawal.KeepRecalls;
import org.postern.store.StoreException;

/**
 * Takes receipts, scans, assessments and recalls from their topics, in whatever order they come. A record is acknowledged when what
 * it says is committed, or the record itself is among the dead letters. While the database is away records wait in Kafka.
 */
@ApplicationScoped
public class MailFacts {
    static final String CHANNEL = "facts";

    private static final Logger LOG = Logger.getLogger(MailFacts.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int TRIES_AFTER_A_BUG = 3;

    private final EventCodec codec;
    private final CollectFacts facts;
    private final KeepMail keepMail;
    private final KeepRecalls keepRecalls;
    private final DeadLetters deadLetters;
    private final Tracing tracing;

    MailFacts(
            EventCodec codec,
            CollectFacts facts,
            KeepMail keepMail,
            KeepRecalls keepRecalls,
            DeadLetters deadLetters,
            Tracing tracing) {
        this.codec = codec;
        this.facts = facts;
        this.keepMail = keepMail;
        this.keepRecalls = keepRecalls;
        this.deadLetters = deadLetters;
        this.tracing = tracing;
    }

    /** Keeps one fact. */
    @Incoming(CHANNEL)
    @RunOnVirtualThread
    public CompletionStage<Void> keep(Message<byte[]> message) {
        try {
            handle(message);
            return message.ack();
        } catch (InterruptedException e) {
            // The service stops. Neither acknowledged nor refused, the record comes again.
            return new CompletableFuture<>();
        }
    }

    private void handle(Message<byte[]> message) throws InterruptedException {
        Duration pause = SHORTEST_PAUSE;
        int bugs = 0;
        while (true) {
            try {
                collect(message);
                return;
            } catch (UnreadableEventException e) {
                bury(message, "not an event of this topic");
                return;
            } catch (LedgerUnavailableException e) {
                LOG.warnf("the database is away, a fact waits: %s", reason(e));
            } catch (RuntimeException e) {
                if (++bugs == TRIES_AFTER_A_BUG) {
                    // A bug of ours must not hold up every other mail.
                    LOG.errorf(e, "a fact cannot be handled");
                    bury(message, "handling failed: " + e.getClass().getSimpleName());
                    return;
                }
            }
            Thread.sleep(pause);
            pause = longer(pause);
        }
    }

    /** Until it is among the dead letters a record is not done with: a channel that sees a failure would stop. */
    private void bury(Message<byte[]> message, String reason) throws InterruptedException {
        Duration pause = SHORTEST_PAUSE;
        while (true) {
            try {
                deadLetters.send(message, reason);
                return;
            } catch (RuntimeException e) {
                LOG.warnf(
                        "a record waits for the dead letters: %s", e.getClass().getSimpleName());
            }
            Thread.sleep(pause);
            pause = longer(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private Span span(Message<byte[]> message, ReceivedEvent<?> received) {
        return EventRecords.span(tracing, message, received)
                .with(SpanAttribute.MESSAGE, received.event().key());
    }

    private void collect(Message<byte[]> message) throws UnreadableEventException {
        IncomingKafkaRecordMetadata<?, ?> record = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalArgumentException("the message did not come from Kafka"));
        Topic topic = Topic.named(record.getTopic())
                .orElseThrow(() -> new UnreadableEventException("a topic that is not ours", null));
        switch (topic) {
            case MAIL_RECEIVED -> {
                ReceivedEvent<MailReceived> received = EventRecords.incoming(codec, MailReceived.class, message);
                try (Span span = span(message, received)) {
                    facts.told(new Receipt(received.event(), submitter(record), received.trace()));
                }
            }
            case MAIL_SCANNED -> {
                ReceivedEvent<MailScanned> scanned = EventRecords.incoming(codec, MailScanned.class, message);
                try (Span span = span(message, scanned)) {
                    facts.scanned(scanned.event());
                }
            }
            case MAIL_ASSESSED -> {
                ReceivedEvent<MailAssessed> assessed = EventRecords.incoming(codec, MailAssessed.class, message);
                try (Span span = span(message, assessed)) {
                    facts.assessed(assessed.event());
                }
            }
            case MAIL_RENDERED -> {
                ReceivedEvent<MailRendered> rendered = EventRecords.incoming(codec, MailRendered.class, message);
                try (Span span = span(message, rendered)) {
                    derived(rendered.event());
                }
            }
            case MAIL_RECALLED -> {
                ReceivedEvent<MailRecalled> recalled = EventRecords.incoming(codec, MailRecalled.class, message);
                try (Span span = span(message, recalled)) {
                    keepRecalls.recalled(recalled.event());
                }
            }
            case MAIL_JUDGED,
                    MAIL_HANDED_OVER,
                    MAIL_RELEASED,
                    MAIL_DELETED,
                    MAIL_FEEDBACK,
                    MAIL_AUDIT,
                    PUSH_STATE_CHANGED,
                    PUSH_OUTCOME,
                    IDENTITY_REVOKED -> throw new UnreadableEventException("a topic without facts", null);
        }
    }

    private void derived(MailRendered event) {
        try {
            keepMail.derived(
                    event.tenant(), event.messageId(), event.rendition().id());
        } catch (StoreException e) {
            // Waits as for the database: what is left in the store would stay there for ever.
            throw new LedgerUnavailableException(e, false);
        }
    }

    private static @Nullable String submitter(IncomingKafkaRecordMetadata<?, ?> record) {
        Header header = record.getHeaders().lastHeader(ReceiptCodec.SUBMITTER);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String reason(LedgerUnavailableException e) {
        Throwable cause = e.getCause();
        return cause == null ? "unknown" : cause.getClass().getSimpleName();
    }
}
