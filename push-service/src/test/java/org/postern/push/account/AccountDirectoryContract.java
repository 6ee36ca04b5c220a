package org.postern.push.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postern.events.MailAddress;
import org.postern.events.RecipientHash;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.PushSecrets;

/** What everyone may expect of a directory of accounts. */
public interface AccountDirectoryContract {
    RecipientHashKey KEY = RecipientHashKey.ofBase64(PushSecrets.RECIPIENTS_KEY);

    /** One that knows nobody. */
    AccountDirectory empty() throws Exception;

    static RecipientHash hash(String address) {
        return KEY.hash(Tenant.DEFAULT, MailAddress.of(address));
    }

    @Test
    default void whoIsNotKnownHasTheAccountThatTheHashStandsFor() throws Exception {
        RecipientHash alice = hash("alice@example.org");
        assertThat(empty().accounts(Tenant.DEFAULT, alice)).containsExactly(AccountId.of(alice));
        assertThat(empty().own(Tenant.DEFAULT, alice)).isEqualTo(AccountId.of(alice));
    }

    @Test
    default void anAccountSaysNothingOfTheAddress() throws Exception {
        assertThat(empty().own(Tenant.DEFAULT, hash("alice@example.org")).value())
                .doesNotContainIgnoringCase("alice", "example");
    }
}
