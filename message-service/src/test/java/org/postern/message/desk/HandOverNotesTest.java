package org.postern.message.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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
import org.postern.events.mail.Disposition;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.Pauses;
import org.postern.message.judgement.FactSheet;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.Change;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;
import org.postern.message.verdict.HandOver;

class HandOverNotesTest {
    private static final MailAddress ALICE = MailAddress.of("alice@example.org");

    private final List<MessageId> noted = new ArrayList<>();
    private int awayFor;

    private final HandOverNotes notes = new HandOverNotes(
            new HandOver(
                    new AwayLedger(),
                    RecipientHashKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32])),
                    Clock.systemUTC()),
            Runnable::run,
            new Pauses(Duration.ofMillis(1), Duration.ofMillis(1)));

    @Test
    void what_was_answered_is_noted_however_long_the_ledger_is_away() {
        awayFor = 20;
        MessageRecord delivered = delivered();

        notes.note(delivered, List.of(new RecipientJudgement(ALICE, Disposition.DELIVER, List.of())));

        assertThat(noted).containsExactly(delivered.receipt().id());
    }

    private static MessageRecord delivered() {
        Instant now = Instant.now();
        Receipt receipt = new Receipt(
                new MailReceived(
                        MessageId.random(),
                        Tenant.DEFAULT,
                        new ObjectReference(Tenant.DEFAULT, ObjectId.random(), new ContentHash("0".repeat(64)), 1),
                        new Envelope(new EnvelopeSender.NullSender(), List.of(ALICE)),
                        Client.UNKNOWN,
                        MailPath.MILTER,
                        now,
                        now.plusSeconds(25)),
                null,
                TraceContext.start());
        Judgement judgement = new Judgement(
                1,
                true,
                ScanVerdict.CLEAN,
                MailClass.HAM,
                List.of(new RecipientJudgement(ALICE, Disposition.DELIVER, List.of())),
                now);
        return new MessageRecord(
                receipt,
                new MessageState(Tenant.DEFAULT, receipt.id(), receipt, FactSheet.EMPTY, judgement),
                List.of());
    }

    private final class AwayLedger implements Ledger {
        @Override
        public void change(Tenant tenant, MessageId id, Function<MessageState, Change> change) {
            throw new AssertionError("nothing changes");
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
            if (awayFor-- > 0) {
                throw new LedgerUnavailableException(new IllegalStateException("away"), false);
            }
            noted.add(event.messageId());
        }
    }
}
