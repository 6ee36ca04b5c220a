package org.postern.push.account;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;

/**
 * Whose {@code EmailDelivery} an account's devices hear: ours, made of mails that were handed over, or that of its mail
 * server, which publishes its own. Every method throws {@link org.postern.push.DatabaseAwayException} where the database is
 * away.
 */
public interface DeliverySwitch {
    /** Those of the accounts whose devices are to hear ours. */
    Set<AccountId> ours(Tenant tenant, Collection<AccountId> accounts);

    /**
     * Switches accounts.
     *
     * @param ours for each account whether its devices are to hear ours; null for what is usual here
     */
    void set(Tenant tenant, Map<AccountId, @Nullable Boolean> ours);
}
