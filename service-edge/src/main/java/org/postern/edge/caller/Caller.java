package org.postern.edge.caller;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.Tenant;

/**
 * Who calls, as the access token says.
 *
 * @param subject the token's {@code sub}: opaque, and not for a log
 * @param tenant whose mail the caller may see at all
 * @param address the caller's own mailbox; null where the token names none, or one that is not verified
 * @param roles what the caller may do
 */
public record Caller(
        String subject, Tenant tenant, @Nullable MailAddress address, Set<String> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether the caller has a role. */
    public boolean has(String role) {
        return roles.contains(role);
    }

    @Override
    public String toString() {
        return "Caller[tenant=" + tenant + "]";
    }
}
