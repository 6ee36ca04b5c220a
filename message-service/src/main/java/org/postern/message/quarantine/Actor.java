package org.postern.message.quarantine;

import org.postern.events.MailAddress;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;

/**
 * Who acts.
 *
 * @param name what this installation knows them by: the subject of an access token; not for events or logs
 * @param told what events call them
 */
public record Actor(Tenant tenant, String name, String told) {
    /** Somebody with an access token. */
    public static Actor subject(RecipientHashKey key, Tenant tenant, String subject) {
        return new Actor(tenant, subject, key.hashSubject(tenant, subject).value());
    }

    /** A reader who followed a link of their digest. */
    public static Actor reader(RecipientHashKey key, Tenant tenant, MailAddress address) {
        String told = "recipient:" + key.hash(tenant, address);
        return new Actor(tenant, told, told);
    }

    /** Nobody but this service. */
    public static Actor service(Tenant tenant) {
        return new Actor(tenant, "postern", "postern");
    }

    @Override
    public String toString() {
        return "Actor[tenant=" + tenant + "]";
    }
}
