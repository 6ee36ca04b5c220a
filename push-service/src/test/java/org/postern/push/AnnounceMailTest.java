package org.postern.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.events.ContentHash;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.RecipientHash;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.RecipientOutcome;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;
import org.postern.push.account.AccountDirectory;
import org.postern.push.account.DeliverySwitch;

class AnnounceMailTest {
    private static final RecipientHashKey KEY = RecipientHashKey.ofBase64(PushSecrets.RECIPIENTS_KEY);
    private static final RecipientHash LIST = hash("list@example.org");
    private static final AccountId ONE = AccountId.of("one");
    private static final AccountId TWO = AccountId.of("two");
    private static final AccountDirectory DIRECTORY =
            (tenant, recipient) -> recipient.equals(LIST) ? List.of(ONE, TWO) : List.of(ONE);

    @Test
    void eachAccountIsToldOnceHoweverManyOfItsAddressesGotTheMail() {
        List<StateChanged> changes = AnnounceMail.changes(
                mail(to(LIST, Disposition.DELIVER), to(hash("a@example.org"), Disposition.DELIVER)),
                DIRECTORY,
                new Switch(Set.of()));
        assertThat(changes).extracting(StateChanged::account).containsExactly(ONE, TWO);
        assertThat(changes).extracting(StateChanged::changed).doesNotHaveDuplicates();
    }

    @Test
    void anAccountWhoseServerTellsItselfIsLeftToThat() {
        assertThat(AnnounceMail.changes(mail(to(LIST, Disposition.DELIVER)), DIRECTORY, new Switch(Set.of(ONE))))
                .extracting(StateChanged::account)
                .containsExactly(TWO);
    }

    @ParameterizedTest
    @EnumSource
    void onlyMailInAnInboxWakesAnybody(Disposition disposition) {
        boolean inbox = disposition == Disposition.DELIVER || disposition == Disposition.DELIVER_WITH_WARNING;
        assertThat(AnnounceMail.changes(mail(to(LIST, disposition)), DIRECTORY, new Switch(Set.of())))
                .hasSize(inbox ? 2 : 0);
    }

    private static RecipientHash hash(String address) {
        return KEY.hash(Tenant.DEFAULT, MailAddress.of(address));
    }

    private static RecipientOutcome to(RecipientHash recipient, Disposition disposition) {
        return new RecipientOutcome(recipient, disposition, List.of());
    }

    private static MailHandedOver mail(RecipientOutcome... recipients) {
        return new MailHandedOver(
                MessageId.random(),
                Tenant.DEFAULT,
                1,
                MailPath.REST,
                new ObjectReference(Tenant.DEFAULT, ObjectId.random(), ContentHash.of("0".repeat(64)), 100),
                List.of(recipients),
                Instant.EPOCH);
    }

    /** Some accounts are not ours. */
    private record Switch(Set<AccountId> others) implements DeliverySwitch {
        @Override
        public Set<AccountId> ours(Tenant tenant, Collection<AccountId> accounts) {
            Set<AccountId> ours = new LinkedHashSet<>(accounts);
            ours.removeAll(others);
            return ours;
        }

        @Override
        public void set(Tenant tenant, Map<AccountId, @Nullable Boolean> ours) {
            throw new UnsupportedOperationException();
        }
    }
}
