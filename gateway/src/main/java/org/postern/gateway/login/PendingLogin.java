package org.postern.gateway.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A login that has begun: the browser is at the provider. What the answer must fit is kept in a sealed cookie, so that an
 * answer that another browser got is of no use here (login by cross-site request, RFC 9700, section 4.7).
 *
 * @param state what the provider gives back
 * @param nonce what the ID token must hold
 * @param verifier the secret of which the provider was told the hash (PKCE, RFC 7636)
 * @param returnPath where the browser wants to go
 * @param maxAge how long ago the user may have proved who he is; null where it was not asked
 * @param begun when it began
 */
public record PendingLogin(
        String state,
        String nonce,
        String verifier,
        String returnPath,
        @Nullable Long maxAge,
        long begun) {
    /** How long a user may take. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** Begins one. */
    public static PendingLogin begin(String returnPath, @Nullable Long maxAge, Instant now) {
        return new PendingLogin(random(), random(), random(), returnPath, maxAge, now.getEpochSecond());
    }

    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The hash of the verifier, which the provider is told ({@code S256}). */
    public String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether an answer belongs to it. */
    public boolean isAnsweredBy(String answeredState, Instant now) {
        boolean same = MessageDigest.isEqual(
                state.getBytes(StandardCharsets.US_ASCII), answeredState.getBytes(StandardCharsets.UTF_8));
        return same && now.isBefore(Instant.ofEpochSecond(begun).plus(LONGEST));
    }
}
