package org.postern.message.reception;

import org.postern.events.Tenant;

/** Who hands a message in: the tenant and the subject of the access token, which is opaque to us. */
public record Submitter(Tenant tenant, String subject) {
    @Override
    public String toString() {
        return "Submitter[tenant=" + tenant + "]";
    }
}
