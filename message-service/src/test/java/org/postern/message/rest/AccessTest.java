package org.postern.message.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postern.edge.caller.Caller;
import org.postern.edge.problem.ProblemException;
import org.postern.events.ContentHash;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.mail.Client;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.Reason;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.judgement.FactSheet;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.Change;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;
import org.postern.message.quarantine.Entry;

class AccessTest {
    private static final MessageId ID = MessageId.random();
    private static final MailAddress BOB = MailAddress.of("Bob@example.org");
    private static final MailAddress EVE = MailAddress.of("eve@example.org");

    private List<Entry> released = List.of();
    private final Access access = new Access(new OneMessage(), (tenant, id) -> released);

    @Test
    void showsAllToWhoHandedItIn() {
        Caller ann = caller("ann", null, "mail-submit");

        assertThat(shown(ann)).containsExactly(BOB, EVE);
    }

    @Test
    void showsAllToAnAdministratorOfTheTenant() {
        assertThat(shown(caller("root", null, "mail-read-all"))).containsExactly(BOB, EVE);
    }

    @Test
    void showsARecipientTheirOwnEntryOnly() {
        assertThat(shown(caller("bob", MailAddress.of("bob@EXAMPLE.org"), "mail-read-own")))
                .containsExactly(BOB);
    }

    @Test
    void hidesTheMessageFromEverybodyElse() {
        assertUnknown(caller("other", null, "mail-submit"));
        assertUnknown(caller("zoe", MailAddress.of("zoe@example.org"), "mail-read-own"));
        assertUnknown(caller("noaddress", null, "mail-read-own"));
        assertUnknown(new Caller("ann", Tenant.of("another"), null, Set.of("mail-read-all", "mail-submit")));
    }

    @Test
    void withholdsFromARecipientWhatIsNotDelivered() {
        assertThat(access.content(caller("bob", BOB, "mail-read-own"), ID)).isNotNull();
        assertThat(access.content(caller("root", null, "mail-read-all"), ID)).isNotNull();
        assertThatThrownBy(() -> access.content(caller("eve", EVE, "mail-read-own"), ID))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("rendition-withheld"));
        assertThatThrownBy(() -> access.content(caller("ann", null, "mail-submit"), ID))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void showsARecipientWhatWasReleasedToThem() {
        released = List.of(entry(EVE, Instant.EPOCH), entry(BOB, null));

        assertThat(access.content(caller("eve", EVE, "mail-read-own"), ID)).isNotNull();
        released = List.of(entry(EVE, null), entry(BOB, Instant.EPOCH));
        assertThatThrownBy(() -> access.content(caller("eve", EVE, "mail-read-own"), ID))
                .isInstanceOf(ProblemException.class);
    }

    private static Entry entry(MailAddress recipient, @Nullable Instant releasedAt) {
        return new Entry(
                ID,
                Instant.EPOCH,
                recipient,
                "example.com",
                Disposition.QUARANTINE,
                ScanVerdict.CLEAN,
                MailClass.PHISHING,
                1,
                List.of(),
                1,
                null,
                releasedAt);
    }

    private List<MailAddress> shown(Caller caller) {
        MessageRecord message = access.verdict(caller, ID);
        return VerdictDocument.of(message, access.shown(caller, message)).recipients().stream()
                .map(RecipientJudgement::recipient)
                .toList();
    }

    private void assertUnknown(Caller caller) {
        assertThatThrownBy(() -> access.verdict(caller, ID)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(404);
            assertThat(e.problem().code()).isEqualTo("message-unknown");
        });
    }

    private static Caller caller(String subject, @Nullable MailAddress address, String role) {
        return new Caller(subject, Tenant.DEFAULT, address, Set.of(role));
    }

    /** A ledger with one message of the default tenant: delivered to Bob, kept from Eve. */
    private static final class OneMessage implements Ledger {
        @Override
        public Optional<MessageRecord> find(Tenant tenant, MessageId id) {
            return tenant.equals(Tenant.DEFAULT) && id.equals(ID) ? Optional.of(message()) : Optional.empty();
        }

        @Override
        public void change(Tenant tenant, MessageId id, Function<MessageState, Change> change) {
            throw new AssertionError("nobody changes anything");
        }

        @Override
        public int changeOverdue(Instant now, Instant tooFar, int most, Function<MessageState, Change> change) {
            throw new AssertionError("nobody changes anything");
        }

        @Override
        public void handOver(MailHandedOver event, Receipt receipt) {
            throw new AssertionError("nobody changes anything");
        }

        private static MessageRecord message() {
            Instant now = Instant.parse("2026-11-24T10:00:00Z");
            MailReceived received = new MailReceived(
                    ID,
                    Tenant.DEFAULT,
                    new ObjectReference(Tenant.DEFAULT, ObjectId.random(), new ContentHash("0".repeat(64)), 1),
                    new Envelope(new EnvelopeSender.NullSender(), List.of(BOB, EVE)),
                    Client.UNKNOWN,
                    MailPath.REST,
                    now,
                    now);
            Judgement judgement = new Judgement(
                    1,
                    true,
                    ScanVerdict.CLEAN,
                    MailClass.HAM,
                    List.of(judged(BOB, Disposition.DELIVER), judged(EVE, Disposition.QUARANTINE)),
                    now);
            Receipt receipt = new Receipt(received, "ann", TraceContext.start());
            return new MessageRecord(
                    receipt, new MessageState(Tenant.DEFAULT, ID, receipt, FactSheet.EMPTY, judgement), List.of());
        }

        private static RecipientJudgement judged(MailAddress recipient, Disposition disposition) {
            return new RecipientJudgement(recipient, disposition, List.of(new Reason("x", "X.")));
        }
    }
}
