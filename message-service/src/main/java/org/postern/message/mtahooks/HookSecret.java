package org.postern.message.mtahooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What mail servers prove with that they are ours: a secret of at least 16 visible ASCII characters, which they send as a
 * bearer token (RFC 6750) or as the password of HTTP Basic (RFC 7617) under any name. Kept and compared as a hash, so that
 * how long it takes says nothing of it, its length neither.
 */
public final class HookSecret {
    private static final int SHORTEST = 16;
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final byte[] hash;

    private HookSecret(String secret) {
        this.hash = hash(secret);
    }

    /**
     * Takes a secret.
     *
     * @throws IllegalArgumentException where it is too short, or cannot stand in a header
     */
    public static HookSecret of(String secret) {
        if (secret.length() < SHORTEST || !secret.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "the secret of postern.mta-hooks must be at least " + SHORTEST + " visible ASCII characters");
        }
        return new HookSecret(secret);
    }

    /** Reads it from a file; white space around it does not count. */
    public static HookSecret read(Path file) throws IOException {
        return of(Files.readString(file, StandardCharsets.UTF_8).strip());
    }

    /** Whether the value of {@code Authorization} shows it. */
    boolean isShownBy(@Nullable String authorization) {
        String shown = authorization == null ? "" : shown(authorization).orElse("");
        return MessageDigest.isEqual(hash, hash(shown));
    }

    private static Optional<String> shown(String authorization) {
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            byte[] pair = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String text = new String(pair, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
