package org.postern.push.tink;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postern.push.subscription.SecretTexts;

/**
 * Seals with AES-256-GCM. The form is {@code sealed.<id of the key>.<base64url>}. The file has one key a line, 32 bytes in
 * base64: the first seals, the others still open what they once sealed.
 */
public final class TinkSecretTexts implements SecretTexts {
    private static final String MARK = "sealed.";
    private static final String CLEAR = "{";
    private static final int KEY_BYTES = 32;
    private static final int ID_CHARACTERS = 16;

    private final String newest;
    private final Map<String, AesGcmJce> ciphers;

    private TinkSecretTexts(String newest, Map<String, AesGcmJce> ciphers) {
        this.newest = newest;
        this.ciphers = Map.copyOf(ciphers);
    }

    /**
     * Reads a key file.
     *
     * @throws IOException where it cannot be read or is none
     */
    public static TinkSecretTexts ofFile(Path file) throws IOException {
        List<String> lines = Files.readString(file, StandardCharsets.US_ASCII)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        Map<String, AesGcmJce> ciphers = new LinkedHashMap<>();
        for (String line : lines) {
            byte[] key = key(line);
            ciphers.put(id(key), cipher(key));
        }
        if (ciphers.isEmpty()) {
            throw new IOException("the key file of secrets must hold one key at least");
        }
        return new TinkSecretTexts(ciphers.keySet().iterator().next(), ciphers);
    }

    @Override
    public String seal(String text, String boundTo) {
        try {
            byte[] sealed = cipherOf(newest).encrypt(bytes(text), bytes(boundTo));
            return newest() + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException | LostTextException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    @Override
    public String open(String sealed, String boundTo) throws LostTextException {
        if (sealed.startsWith(CLEAR)) {
            return sealed;
        }
        int end = sealed.indexOf('.', MARK.length());
        if (!sealed.startsWith(MARK) || end < 0) {
            throw new LostTextException("a secret is in no form that this version knows");
        }
        try {
            byte[] text = cipherOf(sealed.substring(MARK.length(), end))
                    .decrypt(Base64.getUrlDecoder().decode(sealed.substring(end + 1)), bytes(boundTo));
            return new String(text, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new LostTextException("a secret was changed, or is of something else");
        }
    }

    @Override
    public String newest() {
        return MARK + newest + ".";
    }

    private AesGcmJce cipherOf(String id) throws LostTextException {
        AesGcmJce cipher = ciphers.get(id);
        if (cipher == null) {
            throw new LostTextException("a secret's key is not in the key file");
        }
        return cipher;
    }

    private static byte[] key(String line) throws IOException {
        try {
            byte[] key = Base64.getDecoder().decode(line);
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without repeating it.
        }
        throw new IOException("each line of the key file of secrets must be 32 bytes in base64");
    }

    private static AesGcmJce cipher(byte[] key) {
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private static String id(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(hash).substring(0, ID_CHARACTERS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "TinkSecretTexts[" + newest + "]";
    }
}
