package org.postern.spam.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.mail.Client;
import org.postern.spam.Acquaintance;
import org.postern.spam.Body;
import org.postern.spam.Contact;
import org.postern.spam.ContactHistory;
import org.postern.spam.DatabaseAwayException;
import org.postern.spam.Mail;
import org.postern.spam.Remembered;
import org.postern.spam.analysis.Acquaintances.LookedUp;
import org.postern.spam.phishing.PhishingAnalysis;
import org.postern.spam.phishing.Wording;
import org.postern.spam.phishing.tables.TableFiles;
import org.postern.spam.phishing.view.ParsedMail;

class AcquaintancesTest {
    private static final PhishingAnalysis ANALYSIS = new PhishingAnalysis(TableFiles.bundled(), new Wording());

    private static final LookedUp NOTHING = new LookedUp(null, null);

    private final RecordingHistory history = new RecordingHistory();
    private final Acquaintances acquaintances = new Acquaintances(history, TableFiles.bundled());

    @Test
    void asksOnceForAllDomainsThatAMailIsFor() throws Exception {
        acquaintances.of(
                mail("a@firm.example", "b@FIRM.example", "c@else.example"), from("Ann Miller <Ann@Shop.example>"));

        assertThat(history.asked).singleElement().satisfies(contact -> {
            assertThat(contact.domains()).containsExactlyInAnyOrder("firm.example", "else.example");
            assertThat(contact.address()).isEqualTo("ann@shop.example");
            assertThat(contact.origin()).isEqualTo("shop.example");
            assertThat(contact.name()).isEqualTo("ann miller");
        });
    }

    @Test
    void takesAnAddressThatAnybodyCanHaveForAnOriginOfItsOwn() throws Exception {
        acquaintances.of(mail("a@firm.example"), from("\"Miller, Ann\" <ann.m@gmail.com>"));

        assertThat(history.asked).singleElement().satisfies(contact -> {
            assertThat(contact.origin()).isEqualTo("ann.m@gmail.com");
            assertThat(contact.name()).isEqualTo("ann miller");
        });
    }

    @Test
    void takesOneWordOrAnAddressForNobodysName() throws Exception {
        acquaintances.of(mail("a@firm.example"), from("Support <x@shop.example>"));
        acquaintances.of(mail("a@firm.example"), from("\"ann miller@shop.example\" <x@shop.example>"));

        assertThat(history.asked).extracting(Contact::name).containsExactly("", "");
    }

    @Test
    void asksNothingOfAnUploadOrOfAMailWithTwoSenders() throws Exception {
        assertThat(acquaintances.of(Mail.of(Body.of(new byte[0])), from("a@b.example")))
                .isEqualTo(NOTHING);
        assertThat(acquaintances.of(mail("a@firm.example"), from("a@b.example, c@d.example")))
                .isEqualTo(NOTHING);

        assertThat(history.asked).isEmpty();
    }

    @Test
    void keepsAContactOfWhichSomethingIsLeftToKeep() throws Exception {
        acquaintances.keep(acquaintances.of(mail("a@firm.example"), from("a@b.example")));

        assertThat(history.keptNow).isEqualTo(history.asked).hasSize(1);
    }

    @Test
    void asksNoMoreOfTheDatabaseWhereAllIsKept() throws Exception {
        history.kept = true;

        LookedUp sender = acquaintances.of(mail("a@firm.example"), from("a@b.example"));
        acquaintances.keep(sender);

        assertThat(sender.acquaintance()).isEqualTo(Acquaintance.KNOWN);
        assertThat(history.keptNow).isEmpty();
    }

    @Test
    void letsNoMailWaitForADatabaseThatIsAway() throws Exception {
        history.away = true;

        for (int i = 0; i < 100; i++) {
            LookedUp sender = acquaintances.of(mail("a@firm.example"), from("a@b.example"));
            assertThat(sender.acquaintance()).isNull();
            acquaintances.keep(sender);
        }

        assertThat(history.asked).as("left alone after the first failure").hasSize(1);
        assertThat(history.keptNow).isEmpty();
    }

    @Test
    void letsNoMailFailOnWhatCannotBeRemembered() throws Exception {
        Acquaintances broken = new Acquaintances(
                new ContactHistory() {
                    @Override
                    public Remembered look(Contact contact) {
                        throw new IllegalStateException("a bug");
                    }

                    @Override
                    public void keep(Contact contact) {
                        throw new IllegalStateException("a bug");
                    }
                },
                TableFiles.bundled());

        LookedUp sender = broken.of(mail("a@firm.example"), from("a@b.example"));
        assertThat(sender.acquaintance()).isNull();
        broken.keep(sender);
    }

    @Test
    void tellsNothingWhereNoHistoryIsKept() throws Exception {
        assertThat(new Acquaintances(null, TableFiles.bundled()).of(mail("a@firm.example"), from("a@b.example")))
                .isEqualTo(NOTHING);
    }

    private static Mail mail(String... recipients) {
        List<MailAddress> addresses = new ArrayList<>();
        for (String recipient : recipients) {
            addresses.add(MailAddress.of(recipient));
        }
        return new Mail(
                Body.of(new byte[0]),
                EnvelopeSender.of("bounce@shop.example"),
                addresses,
                Client.UNKNOWN,
                MessageId.random());
    }

    private static ParsedMail from(String field) throws IOException {
        return ANALYSIS.read(new ByteArrayInputStream(("From: " + field + "\r\n\r\nhello\r\n").getBytes(UTF_8)));
    }

    private static final class RecordingHistory implements ContactHistory {
        private final List<Contact> asked = new ArrayList<>();
        private final List<Contact> keptNow = new ArrayList<>();
        private boolean away;
        private boolean kept;

        @Override
        public Remembered look(Contact contact) {
            asked.add(contact);
            if (away) {
                throw new DatabaseAwayException(new IOException("away"));
            }
            return new Remembered(Acquaintance.KNOWN, kept);
        }

        @Override
        public void keep(Contact contact) {
            keptNow.add(contact);
        }
    }
}
