package org.postern.gateway.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.postern.edge.revocation.Revocations;
import org.postern.edge.revocation.TokenIdentities;
import org.postern.gateway.token.AccessClaims;
import org.postern.gateway.token.CheckedToken;
import org.postern.gateway.token.CompactToken;
import org.postern.gateway.token.TokenRefusedException;
import org.postern.gateway.token.TokenRules;

/**
 * Whether an access token is good. What was found good is remembered for a while by the SHA-256 of the whole token, never
 * by the token itself; its expiry and its revocation are looked at every time.
 */
public final class TokenGate {
    private static final long MOST_REMEMBERED = 100_000;
    /** A provider answers for an opaque token once in that time. */
    private static final Duration INTROSPECTED = Duration.ofSeconds(10);

    private static final JsonMapper JSON = new JsonMapper();
    /** One for each thread, which is as new after each use. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(TokenGate::sha256);

    private final Providers providers;
    private final Revocations revocations;
    private final BooleanSupplier revocationsKnown;
    private final TokenRules rules;
    private final boolean opaqueTokens;
    private final Clock clock;
    private final Cache<ByteBuffer, CheckedToken> signed;
    private final Cache<ByteBuffer, CheckedToken> introspected;

    /**
     * A gate.
     *
     * @param revocationsKnown whether what was revoked before the start has been read; nobody is let in before
     * @param remembered for how long a signed token is not checked again
     * @param opaqueTokens whether the provider is asked about tokens that are not signed
     */
    public TokenGate(
            Providers providers,
            Revocations revocations,
            BooleanSupplier revocationsKnown,
            TokenRules rules,
            Duration remembered,
            boolean opaqueTokens,
            Clock clock) {
        this.providers = providers;
        this.revocations = revocations;
        this.revocationsKnown = revocationsKnown;
        this.rules = rules;
        this.opaqueTokens = opaqueTokens;
        this.clock = clock;
        this.signed = memory(remembered);
        this.introspected = memory(remembered.compareTo(INTROSPECTED) < 0 ? remembered : INTROSPECTED);
    }

    private static Cache<ByteBuffer, CheckedToken> memory(Duration time) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(time)
                .build();
    }

    /** Checks a token; fails with {@link TokenRefusedException} or {@link CannotCheckException}. */
    public Uni<CheckedToken> check(String token) {
        if (!revocationsKnown.getAsBoolean()) {
            return Uni.createFrom().failure(new CannotCheckException());
        }
        CheckedToken known = remembered(token);
        if (known != null) {
            return stillGood(known);
        }
        return checkAnew(token);
    }

    /** Checks a token that {@link #remembered} does not know; fails as {@link #check} does. */
    public Uni<CheckedToken> checkAnew(String token) {
        if (!revocationsKnown.getAsBoolean()) {
            return Uni.createFrom().failure(new CannotCheckException());
        }
        Uni<CheckedToken> checked = token.indexOf('.') < 0 && opaqueTokens ? introspect(token) : verify(token);
        return checked.flatMap(this::stillGood);
    }

    /** Why a token that is remembered is good no longer, as a stable word; null where it is good. */
    public @Nullable String refusal(CheckedToken known) {
        if (!clock.instant().isBefore(known.claims().expires().plus(rules.clockSkew()))) {
            return "token-expired";
        }
        return revocations.refuse(known.identities()) ? "token-revoked" : null;
    }

    /** Whether a token that was let in has not been revoked since. */
    public boolean isStillGood(CheckedToken token) {
        return !revocations.refuse(token.identities());
    }

    /** What a token was found to be lately, before {@link #refusal} is asked; null where it was not seen. */
    public @Nullable CheckedToken remembered(String token) {
        return remembered(token, 0);
    }

    /** The same, for the token that is all of a header from there on. */
    public @Nullable CheckedToken remembered(String header, int begin) {
        ByteBuffer key = hash(header, begin);
        CheckedToken known = signed.getIfPresent(key);
        return known == null && opaqueTokens ? introspected.getIfPresent(key) : known;
    }

    private Uni<CheckedToken> stillGood(CheckedToken token) {
        String refusal = refusal(token);
        return refusal == null ? Uni.createFrom().item(token) : refused(refusal);
    }

    private Uni<CheckedToken> verify(String token) {
        CompactToken parts;
        String issuer;
        try {
            parts = CompactToken.of(token, rules);
            parts.requireAccessType();
            issuer = parts.claims().path("iss").asText();
        } catch (TokenRefusedException e) {
            return Uni.createFrom().failure(e);
        }
        return providers
                .verify(token, parts, issuer)
                .flatMap(verifier -> accept(token, parts.claims(), verifier))
                .invoke(good -> signed.put(hash(token, 0), good));
    }

    private Uni<CheckedToken> introspect(String token) {
        if (token.length() > rules.largest()) {
            return refused("token-too-large");
        }
        return providers
                .introspect(token)
                .flatMap(answer -> accept(token, withIssuer(answer), answer.verifier()))
                .invoke(good -> introspected.put(hash(token, 0), good));
    }

    /** An answer need not name the issuer: it is the one that was asked. */
    private static JsonNode withIssuer(Providers.Introspected answer) {
        try {
            JsonNode json = JSON.readTree(answer.json());
            if (json instanceof ObjectNode claims && !claims.has("iss")) {
                claims.put("iss", answer.issuer());
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("quarkus-oidc has read this JSON before", e);
        }
    }

    private Uni<CheckedToken> accept(String token, JsonNode json, Providers.Verifier verifier) {
        Instant now = clock.instant();
        try {
            AccessClaims claims = AccessClaims.of(json, rules, now);
            Set<String> roles = verifier.roles(new JsonObject(json.toString()));
            TokenIdentities identities =
                    TokenIdentities.of(token, claims.issuer(), claims.session(), claims.subject(), claims.issuedAt());
            return Uni.createFrom().item(new CheckedToken(claims, roles, identities));
        } catch (TokenRefusedException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private static Uni<CheckedToken> refused(String reason) {
        return Uni.createFrom().failure(new TokenRefusedException(reason));
    }

    private static ByteBuffer hash(String text, int begin) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        MessageDigest digest = DIGEST.get();
        digest.update(bytes, begin, bytes.length - begin);
        return ByteBuffer.wrap(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
