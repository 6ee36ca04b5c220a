package org.postern.push.subscription;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;

/**
 * A device that wants to be told of changes to an account: a PushSubscription of RFC 8620, section 7.2.
 *
 * @param owner the subject of the token that subscribed, the only one who may see or delete it
 * @param deviceClientId by what the client tells its devices apart; a second subscription of a device replaces the first
 * @param accountAlias what the account was called when the device subscribed; counts where the destination does not say
 * @param types the types to be told of, for instance {@code EmailDelivery}; null for all
 * @param expires when it ends by itself
 * @param verified whether the device has shown that pushes reach it; before that it gets nothing else
 */
public record DeviceSubscription(
        SubscriptionId id,
        Tenant tenant,
        String owner,
        AccountId account,
        String deviceClientId,
        Destination destination,
        String accountAlias,
        @Nullable Set<String> types,
        Instant expires,
        boolean verified) {
    public DeviceSubscription {
        types = types == null ? null : Set.copyOf(types);
    }

    /** What the account is called in the pushes of this device. */
    public String accountName() {
        return destination.accountName(account).orElse(accountAlias);
    }

    /** Whether a type is one of those to be told of. */
    public boolean wants(String type) {
        return types == null || types.contains(type);
    }

    @Override
    public String toString() {
        return "DeviceSubscription[id=" + id + "]";
    }
}
