package org.postern.message.reception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
import org.postern.message.BrokerUnavailableException;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.intake.IdempotencyKey;
import org.postern.message.intake.IntakeRequest;
import org.postern.message.intake.RefusedRequestException;
import org.postern.message.ledger.Receipt;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.store.MessageStore;

/** Which bodies are kept and which messages are told when something fails in between. */
class ReceiveMailTest {
    private static final Submitter ANN = new Submitter(Tenant.DEFAULT, "ann");

    private final Set<ObjectId> stored = new HashSet<>();
    private final List<EncodedEvent> told = new ArrayList<>();
    private final Map<String, Reservation> reservations = new HashMap<>();
    private final Set<String> toldKeys = new HashSet<>();
    private boolean brokerAway;
    private @Nullable LedgerUnavailableException reserveFails;
    private @Nullable LedgerUnavailableException tellFails;
    private boolean ledgerAway;

    private final ReceiveMail receiveMail = new ReceiveMail(
            new Store(),
            new ReceiptAnnouncer(this::publish, new ReceiptCodec(new EventCodec("/test", Clock.systemUTC()))),
            new Keys(),
            receipt -> {
                if (ledgerAway) {
                    throw away(false);
                }
            },
            Clock.systemUTC(),
            new IntakeTerms(1000, Duration.ofSeconds(25), Duration.ofHours(24)));

    @Test
    void acceptsWithoutTheLedger() throws IOException {
        ledgerAway = true;

        Receipt receipt = receive(null, "a");

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().headers()).containsEntry(ReceiptCodec.SUBMITTER, "ann");
        assertThat(stored).containsExactly(receipt.event().object().id());
    }

    @Test
    void keepsNothingWhenTheBrokerIsAway() {
        brokerAway = true;

        assertThatThrownBy(() -> receive(null, "a")).isInstanceOf(BrokerUnavailableException.class);
        assertThatThrownBy(() -> receive("k", "a")).isInstanceOf(BrokerUnavailableException.class);
        assertThat(stored).isEmpty();
        assertThat(reservations).isEmpty();
    }

    @Test
    void takesARepetitionForTheSameAndKeepsOneBody() throws IOException {
        Receipt first = receive("k", "a");
        Receipt second = receive("k", "a");

        assertThat(second).isEqualTo(first);
        assertThat(told).hasSize(1);
        assertThat(stored).containsExactly(first.event().object().id());
    }

    @Test
    void goesOnFromWhatADeadProcessReserved() throws IOException {
        tellFails = away(true);
        assertThatThrownBy(() -> receive("k", "a")).isInstanceOf(LedgerUnavailableException.class);
        Receipt reserved = reservations.get("k").receipt();
        tellFails = null;

        Receipt receipt = receive("k", "a");

        assertThat(receipt).isEqualTo(reserved);
        assertThat(told).hasSize(1);
        assertThat(stored).containsExactly(receipt.event().object().id());
    }

    @Test
    void keepsNothingOfAnotherRequestUnderTheSameKey() throws IOException {
        Receipt first = receive("k", "a");

        assertThatThrownBy(() -> receive("k", "b")).isInstanceOf(RefusedRequestException.class);
        assertThat(stored).containsExactly(first.event().object().id());
        assertThat(told).hasSize(1);
    }

    @Test
    void keepsTheBodyOnlyWhenItsReservationMayStand() {
        reserveFails = away(false);
        assertThatThrownBy(() -> receive("k", "a")).isInstanceOf(LedgerUnavailableException.class);
        assertThat(stored).isEmpty();

        reserveFails = away(true);
        assertThatThrownBy(() -> receive("k", "a")).isInstanceOf(LedgerUnavailableException.class);
        assertThat(stored).hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void erasesWhatNobodyCameBackFor() {
        tellFails = away(true);
        assertThatThrownBy(() -> receive("k", "a")).isInstanceOf(LedgerUnavailableException.class);

        receiveMail.clearKeys(Instant.now().plus(Duration.ofDays(2)));

        assertThat(stored).isEmpty();
    }

    private Receipt receive(@Nullable String key, String body) throws IOException {
        return receiveMail.receive(
                ANN,
                new IntakeRequest(
                        new Envelope(new EnvelopeSender.NullSender(), List.of(MailAddress.of("bob@example.org"))),
                        Client.UNKNOWN,
                        key == null ? null : new IdempotencyKey(key)),
                new ByteArrayInputStream(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                TraceContext.start());
    }

    private CompletableFuture<Void> publish(EncodedEvent event) {
        if (brokerAway) {
            return CompletableFuture.failedFuture(new IOException("away"));
        }
        told.add(event);
        return CompletableFuture.completedFuture(null);
    }

    private static LedgerUnavailableException away(boolean uncertain) {
        return new LedgerUnavailableException(new IOException("away"), uncertain);
    }

    private final class Store implements MessageStore {
        @Override
        public ObjectReference put(Tenant tenant, InputStream body, long limit) throws IOException {
            byte[] bytes = body.readAllBytes();
            ObjectId id = ObjectId.random();
            stored.add(id);
            return new ObjectReference(tenant, id, new ContentHash(String.format("%064x", bytes[0])), bytes.length);
        }

        @Override
        public InputStream open(ObjectReference reference) {
            throw new AssertionError("nobody reads");
        }

        @Override
        public boolean erase(Tenant tenant, ObjectId id) {
            return stored.remove(id);
        }
    }

    private final class Keys implements IntakeKeys {
        @Override
        public Reservation reserve(Reservation wanted, Instant expiry) {
            if (reserveFails != null) {
                throw reserveFails;
            }
            Reservation held = reservations.putIfAbsent(wanted.key().value(), wanted);
            return held == null ? wanted : held;
        }

        @Override
        public boolean tellOnce(Reservation reservation, Consumer<Receipt> tell) {
            if (tellFails != null) {
                throw tellFails;
            }
            String key = reservation.key().value();
            if (toldKeys.contains(key)) {
                return true;
            }
            try {
                tell.accept(reservation.receipt());
            } catch (BrokerUnavailableException e) {
                reservations.remove(key);
                throw e;
            }
            return toldKeys.add(key);
        }

        @Override
        public List<Receipt> expire(Instant before) {
            return reservations.values().stream()
                    .filter(reservation -> !toldKeys.contains(reservation.key().value()))
                    .map(Reservation::receipt)
                    .toList();
        }
    }
}
