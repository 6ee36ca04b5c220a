package org.postern.edge.caller;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.MalformedValueException;
import org.postern.events.Tenant;

/** The caller of the current request. */
@RequestScoped
public class CurrentCaller {
    private static final String TENANT_CLAIM = "postern_tenant";

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** @throws UnauthorizedException where the request has no access token */
    public Caller get() {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new UnauthorizedException();
        }
        String subject = token.getSubject() == null ? identity.getPrincipal().getName() : token.getSubject();
        return new Caller(subject, tenant(token), address(token), identity.getRoles());
    }

    private static Tenant tenant(JsonWebToken token) {
        return token.getClaim(TENANT_CLAIM) instanceof String name ? Tenant.of(name) : Tenant.DEFAULT;
    }

    private static @Nullable MailAddress address(JsonWebToken token) {
        if (!(token.getClaim("email") instanceof String text)
                || Boolean.FALSE.equals(token.getClaim("email_verified"))) {
            return null;
        }
        try {
            return MailAddress.of(text);
        } catch (MalformedValueException e) {
            // A user name in that claim names no mailbox, and is no reason to refuse everything else.
            return null;
        }
    }
}
