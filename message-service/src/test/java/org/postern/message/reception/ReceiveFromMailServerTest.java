package org.postern.message.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.postern.events.ContentHash;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.SmtpSession;
import org.postern.message.intake.SmtpMail;
import org.postern.message.intake.TryFingerprint;
import org.postern.message.ledger.Receipt;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.quarantine.ReleasePasses;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;

/** What becomes of a message that a mail server hands in again. */
class ReceiveFromMailServerTest {
    private static final SmtpMail MAIL = new SmtpMail(
            Tenant.DEFAULT,
            new Envelope(EnvelopeSender.of("ann@example.com"), List.of(MailAddress.of("bob@example.org"))),
            Client.UNKNOWN,
            MailDirection.INBOUND,
            new SmtpSession(null, null));

    private final Set<ObjectId> stored = new HashSet<>();
    private final Map<TryFingerprint, Receipt> earlier = new HashMap<>();
    private final List<EncodedEvent> told = new ArrayList<>();

    private final ReceiveFromMailServer receive = new ReceiveFromMailServer(
            new Store(),
            new ReceiptAnnouncer(this::publish, new ReceiptCodec(new EventCodec("/test", Clock.systemUTC()))),
            new Tries(),
            new ReleasePasses(new byte[32], Clock.systemUTC(), Duration.ofMinutes(1), (uses, at) -> true),
            receipt -> earlier.put(TryFingerprint.of(receipt.event()), receipt),
            Clock.systemUTC(),
            new IntakeTerms(1000, Duration.ofSeconds(25), Duration.ofHours(24)),
            new SmtpTerms(Duration.ofHours(24), 0));

    @Test
    void it_is_the_message_that_came_before() throws IOException {
        Reception.Taken first = handIn();
        Reception.Taken second = handIn();

        assertThat(second.receipt()).isEqualTo(first.receipt());
        assertThat(second.isNew()).isFalse();
        assertThat(stored).containsExactly(first.receipt().event().object().id());
    }

    @Test
    void it_is_a_new_one_where_the_body_of_the_one_before_was_erased_because_the_broker_seemed_not_to_take_it()
            throws IOException {
        Reception.Taken untold = handIn();
        stored.clear();

        Reception.Taken again = handIn();

        assertThat(again.isNew()).isTrue();
        assertThat(again.receipt().id()).isNotEqualTo(untold.receipt().id());
        assertThat(stored).containsExactly(again.receipt().event().object().id());
        assertThat(told).hasSize(2);
    }

    private Reception.Taken handIn() throws IOException {
        return (Reception.Taken) receive.receive(
                MAIL,
                new ByteArrayInputStream("Subject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII)),
                TraceContext.start());
    }

    private CompletableFuture<Void> publish(EncodedEvent event) {
        told.add(event);
        return CompletableFuture.completedFuture(null);
    }

    private final class Store implements MessageStore {
        @Override
        public ObjectReference put(Tenant tenant, InputStream body, long limit) throws IOException {
            ObjectId id = ObjectId.random();
            stored.add(id);
            return new ObjectReference(tenant, id, new ContentHash("0".repeat(64)), body.readAllBytes().length);
        }

        @Override
        public InputStream open(ObjectReference reference) throws ObjectMissingException {
            if (!stored.contains(reference.id())) {
                throw new ObjectMissingException("erased", null);
            }
            return InputStream.nullInputStream();
        }

        @Override
        public boolean erase(Tenant tenant, ObjectId id) {
            return stored.remove(id);
        }
    }

    private final class Tries implements SmtpTries {
        @Override
        public Optional<Receipt> earlier(Tenant tenant, TryFingerprint fingerprint, Instant since) {
            return Optional.ofNullable(earlier.get(fingerprint));
        }

        @Override
        public long recipientsSince(Tenant tenant, ContentHash sender, Instant since) {
            return 0;
        }

        @Override
        public void forget(Instant before) {
            earlier.clear();
        }
    }
}
