package org.postern.message.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.postern.events.ContentHash;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.judgement.Judge;
import org.postern.message.ledger.Change;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;
import org.postern.message.policy.ListEntry;
import org.postern.message.policy.Lists;

class CollectFactsTest {
    private final CountingLedger ledger = new CountingLedger();
    private final CollectFacts facts = new CollectFacts(
            ledger,
            new Judge(() -> {
                throw new AssertionError("nothing is judged");
            }),
            new NoLists(),
            RecipientHashKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32])),
            Clock.systemUTC());
    private final Receipt receipt = receipt();

    @Test
    void whatWasKeptWhenItWasTakenInIsNotKeptOnceMoreWhenTheBrokerTellsOfIt() {
        facts.received(receipt);
        facts.told(receipt);

        assertThat(ledger.changed).containsExactly(receipt.id());
    }

    @Test
    void whatCouldNotBeKeptWhenItWasTakenInIsKeptWhenTheBrokerTellsOfIt() {
        ledger.away = true;
        assertThatThrownBy(() -> facts.received(receipt)).isInstanceOf(LedgerUnavailableException.class);
        ledger.away = false;

        facts.told(receipt);

        assertThat(ledger.changed).containsExactly(receipt.id());
    }

    @Test
    void whatAnotherReplicaTookInIsKeptWhenTheBrokerTellsOfIt() {
        facts.told(receipt);

        assertThat(ledger.changed).containsExactly(receipt.id());
    }

    private static Receipt receipt() {
        Instant now = Instant.now();
        return new Receipt(
                new MailReceived(
                        MessageId.random(),
                        Tenant.DEFAULT,
                        new ObjectReference(Tenant.DEFAULT, ObjectId.random(), new ContentHash("0".repeat(64)), 1),
                        new Envelope(new EnvelopeSender.NullSender(), List.of(MailAddress.of("alice@example.org"))),
                        Client.UNKNOWN,
                        MailPath.REST,
                        now,
                        now.plusSeconds(25)),
                null,
                TraceContext.start());
    }

    private static final class CountingLedger implements Ledger {
        private final List<MessageId> changed = new ArrayList<>();
        private boolean away;

        @Override
        public void change(Tenant tenant, MessageId id, Function<MessageState, Change> change) {
            if (away) {
                throw new LedgerUnavailableException(new IllegalStateException("away"), false);
            }
            changed.add(id);
        }

        @Override
        public int changeOverdue(Instant now, Instant tooFar, int most, Function<MessageState, Change> change) {
            return 0;
        }

        @Override
        public Optional<MessageRecord> find(Tenant tenant, MessageId id) {
            return Optional.empty();
        }

        @Override
        public void handOver(MailHandedOver event, Receipt receipt) {
            throw new AssertionError("nothing is handed over");
        }
    }

    private static final class NoLists implements Lists {
        @Override
        public Snapshot now() {
            return Snapshot.EMPTY;
        }

        @Override
        public List<ListEntry> entries(Tenant tenant) {
            return List.of();
        }

        @Override
        public ListEntry add(Tenant tenant, ListEntry entry) {
            throw new AssertionError("nothing is listed");
        }

        @Override
        public Optional<ListEntry> remove(Tenant tenant, UUID id) {
            return Optional.empty();
        }
    }
}
