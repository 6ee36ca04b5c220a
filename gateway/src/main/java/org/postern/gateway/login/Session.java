package org.postern.gateway.login;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.edge.revocation.TokenIdentities;
import org.postern.events.identity.RevokedIdentity;
import org.postern.gateway.token.IdToken;

/**
 * A browser that is logged in. All of it lies in the browser, sealed; what can end it lies with us: the revocations.
 *
 * @param id its own random name
 * @param begun when it began, in seconds: a subject that is revoked later is out, however fresh its tokens are
 * @param issuer whose login it is
 * @param subject who
 * @param providerSession how the provider calls it ({@code sid}); null where it does not
 * @param name how the user is called, to be shown to himself; null where the provider does not say
 * @param accessToken what is forwarded
 * @param accessExpires when that expires, in seconds
 * @param refreshToken what gets another one; null where the provider gave none
 * @param idToken what tells the provider whom to log out
 */
public record Session(
        String id,
        long begun,
        String issuer,
        String subject,
        @Nullable String providerSession,
        @Nullable String name,
        String accessToken,
        long accessExpires,
        @Nullable String refreshToken,
        String idToken) {
    /** One that begins now. */
    public static Session begin(
            IdToken identity,
            String accessToken,
            Instant expires,
            @Nullable String refreshToken,
            String idToken,
            Instant now) {
        return new Session(
                PendingLogin.random(),
                now.getEpochSecond(),
                identity.issuer(),
                identity.subject(),
                identity.session(),
                identity.name(),
                accessToken,
                expires.getEpochSecond(),
                refreshToken,
                idToken);
    }

    /** The same with newer tokens; what the provider did not give anew stays. */
    public Session renewed(
            String newAccessToken, Instant expires, @Nullable String newRefreshToken, @Nullable String newIdToken) {
        return new Session(
                id,
                begun,
                issuer,
                subject,
                providerSession,
                name,
                newAccessToken,
                expires.getEpochSecond(),
                newRefreshToken == null ? refreshToken : newRefreshToken,
                newIdToken == null ? idToken : newIdToken);
    }

    /** By what it can be revoked: by its access token, as a bearer could, and by its own name. */
    public TokenIdentities identities(TokenIdentities ofToken) {
        Set<RevokedIdentity> all = new LinkedHashSet<>(ofToken.identities());
        all.add(identity());
        Instant since = Instant.ofEpochSecond(begun);
        return new TokenIdentities(all, since.isBefore(ofToken.issuedAt()) ? since : ofToken.issuedAt());
    }

    /** Its own name, by which the sessions of providers without session ids are ended. */
    @JsonIgnore
    public RevokedIdentity identity() {
        return RevokedIdentity.session(issuer, ownSession());
    }

    /** Its own name among the sessions of its issuer, which gives no such names. */
    @JsonIgnore
    public String ownSession() {
        return "cookie:" + id;
    }

    /** What a renewal of it is called, which many requests may ask for at once. */
    @JsonIgnore
    public String renewal() {
        return id + "/" + accessExpires;
    }
}
