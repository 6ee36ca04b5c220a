package org.postern.edge.revocation.oidc;

import io.quarkus.oidc.TokenIntrospection;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.postern.edge.revocation.TokenIdentities;

/** What a checked token says of itself, be it signed or introspected. */
public final class PresentedToken {
    private PresentedToken() {}

    /** By what the token of a caller can be revoked. */
    public static TokenIdentities identities(SecurityIdentity caller) {
        TokenCredential credential = caller.getCredential(TokenCredential.class);
        String token = credential == null ? "" : credential.getToken();
        if (caller.getPrincipal() instanceof JsonWebToken jwt) {
            long issued = jwt.getIssuedAtTime();
            return TokenIdentities.of(
                    token,
                    jwt.getIssuer(),
                    text(jwt.getClaim("sid")),
                    jwt.getSubject(),
                    issued > 0 ? Instant.ofEpochSecond(issued) : null);
        }
        if (caller.getAttribute(OidcUtils.INTROSPECTION_ATTRIBUTE) instanceof TokenIntrospection answer) {
            Long issued = answer.getLong(Claims.iat.name());
            return TokenIdentities.of(
                    token,
                    answer.getString(Claims.iss.name()),
                    answer.getString("sid"),
                    answer.getString(Claims.sub.name()),
                    issued == null ? null : Instant.ofEpochSecond(issued));
        }
        return TokenIdentities.of(token, null, null, null, null);
    }

    private static @Nullable String text(@Nullable Object claim) {
        return claim instanceof String text ? text : null;
    }
}
