package org.postern.gateway.cookie;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jose4j.keys.AesKey;

/** The keys that seal cookies: the first of a file seals, all of them open, so that a key can be changed without a logout. */
public final class CookieKeys {
    private static final int BYTES = 32;
    private static final int MOST = 8;
    private static final int NAME = 8;

    private final List<Named> keys;

    private CookieKeys(List<Named> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException where it does not hold one to eight keys of 32 bytes in base64, one a line
     */
    public static CookieKeys read(Path file) {
        try {
            return of(Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList());
        } catch (IOException e) {
            throw new IllegalArgumentException("postern.gateway.login.key-file cannot be read: " + file, e);
        }
    }

    static CookieKeys of(List<String> lines) {
        List<Named> keys = new ArrayList<>();
        for (String line : lines) {
            byte[] key = decoded(line);
            if (key.length != BYTES) {
                throw malformed();
            }
            keys.add(new Named(name(key), new AesKey(key)));
        }
        if (keys.isEmpty() || keys.size() > MOST) {
            throw malformed();
        }
        return new CookieKeys(keys);
    }

    private static byte[] decoded(String line) {
        try {
            return Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "postern.gateway.login.key-file must hold one to eight keys of 32 bytes in base64, one a line:"
                        + " openssl rand -base64 32");
    }

    Named first() {
        return keys.getFirst();
    }

    Optional<AesKey> named(String name) {
        return keys.stream()
                .filter(key -> key.name().equals(name))
                .map(Named::key)
                .findFirst();
    }

    private static String name(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, NAME);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A key and what it is called in the cookies that it seals. */
    record Named(String name, AesKey key) {}
}
