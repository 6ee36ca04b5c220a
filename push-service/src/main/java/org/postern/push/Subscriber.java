package org.postern.push;

import org.postern.events.Tenant;
import org.postern.events.push.AccountId;

/**
 * Who subscribes or listens.
 *
 * @param subject of the access token; not for a log
 * @param account whose changes the subject may hear of
 * @param credentials what the subject has shown
 */
public record Subscriber(Tenant tenant, String subject, AccountId account, Credentials credentials) {
    @Override
    public String toString() {
        return "Subscriber[tenant=" + tenant + "]";
    }
}
