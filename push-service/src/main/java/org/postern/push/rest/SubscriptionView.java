package org.postern.push.rest;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postern.push.subscription.DeviceSubscription;

/**
 * A subscription as its owner sees it. The url, keys and token are never told again (RFC 8620, section 7.2.1).
 *
 * @param account what the account is called in the pushes of this subscription, and there alone
 */
record SubscriptionView(
        String id,
        String deviceClientId,
        String kind,
        String account,
        @Nullable Set<String> types,
        Instant expires,
        boolean verified) {
    static SubscriptionView of(DeviceSubscription subscription) {
        Set<String> types = subscription.types();
        return new SubscriptionView(
                subscription.id().toString(),
                subscription.deviceClientId(),
                subscription.destination().channel().word(),
                subscription.accountName(),
                types == null ? null : new TreeSet<>(types),
                subscription.expires(),
                subscription.verified());
    }
}
