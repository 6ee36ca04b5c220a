package org.postern.push.account;

import java.util.List;
import org.postern.events.RecipientHash;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;

/** Knows the accounts of recipients. Never asked for more than it can answer from memory. */
@FunctionalInterface
public interface AccountDirectory {
    /**
     * The accounts whose mailbox a recipient's mail is put into: the first is the recipient's own, more of them are those of
     * a list or a shared mailbox. Never empty; a recipient that is not known has the account that its hash stands for.
     */
    List<AccountId> accounts(Tenant tenant, RecipientHash recipient);

    /** The recipient's own account. */
    default AccountId own(Tenant tenant, RecipientHash recipient) {
        return accounts(tenant, recipient).getFirst();
    }

    /** A directory for installations where each address is an account: the hash of the address is its name. */
    static AccountDirectory ofHashes() {
        return (tenant, recipient) -> List.of(AccountId.of(recipient));
    }
}
