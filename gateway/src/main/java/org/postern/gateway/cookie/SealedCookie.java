package org.postern.gateway.cookie;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * A value in a cookie that its browser can neither read nor change (JWE with a shared key, RFC 7516: {@code dir},
 * {@code A256GCM}), cut into as many cookies as it needs, since a browser keeps none of more than 4 096 bytes. The name
 * begins with {@code __Host-}: a browser takes such a cookie over a secure connection only, and from nobody but this very
 * host (RFC 6265bis, section 4.1.3.2). What it is for is a part of what is sealed: one kind is of no use as another.
 *
 * @param <T> what is sealed, as JSON
 */
public final class SealedCookie<T> {
    private static final String PREFIX = "__Host-";
    private static final int PART = 3_600;
    private static final int MOST_PARTS = 8;
    private static final AlgorithmConstraints DIRECT = new AlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.DIRECT);
    private static final AlgorithmConstraints AES_GCM = new AlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT, ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final String name;
    private final Class<T> type;
    private final CookieKeys keys;
    private final @Nullable Duration age;

    /**
     * A kind of cookie.
     *
     * @param purpose what it is called and what it is for
     * @param age how long the browser keeps it; null: until it is closed
     */
    public SealedCookie(String purpose, Class<T> type, CookieKeys keys, @Nullable Duration age) {
        this.name = PREFIX + purpose;
        this.type = type;
        this.keys = keys;
        this.age = age;
    }

    /** Whether a request brings one, good or not. */
    public boolean isIn(HttpServerRequest request) {
        return request.getCookie(name) != null;
    }

    /** What a request brings; empty where it brings nothing that we have sealed. */
    public Optional<T> read(HttpServerRequest request) {
        Cookie first = request.getCookie(name);
        if (first == null) {
            return Optional.empty();
        }
        // The number of parts stands before the first one: a part that an older value left behind is not taken for one.
        String value = first.getValue();
        int dot = value.indexOf('~');
        if (dot != 1 || value.charAt(0) < '1' || value.charAt(0) > '0' + MOST_PARTS) {
            return Optional.empty();
        }
        StringBuilder whole = new StringBuilder(value.substring(2));
        for (int i = 1; i < value.charAt(0) - '0'; i++) {
            Cookie part = request.getCookie(name + "-" + i);
            if (part == null) {
                return Optional.empty();
            }
            whole.append(part.getValue());
        }
        return open(whole.toString());
    }

    /** Gives a browser one. */
    public void write(HttpServerRequest request, HttpServerResponse response, T value) {
        String sealed = seal(value);
        int parts = (sealed.length() + PART - 1) / PART;
        if (parts > MOST_PARTS) {
            throw new IllegalStateException("this does not fit into " + MOST_PARTS + " cookies");
        }
        for (int i = 0; i < parts; i++) {
            String part = sealed.substring(i * PART, Math.min(sealed.length(), (i + 1) * PART));
            Cookie cookie = cookie(i, i == 0 ? parts + "~" + part : part);
            if (age != null) {
                cookie.setMaxAge(age.toSeconds());
            }
            response.addCookie(cookie);
        }
        forget(request, response, parts);
    }

    /** Has a browser forget it. */
    public void forget(HttpServerRequest request, HttpServerResponse response) {
        forget(request, response, 0);
    }

    private void forget(HttpServerRequest request, HttpServerResponse response, int from) {
        for (int i = from; i < MOST_PARTS; i++) {
            if (request.getCookie(partName(i)) != null) {
                response.addCookie(cookie(i, "").setMaxAge(0));
            }
        }
    }

    private Cookie cookie(int part, String value) {
        return Cookie.cookie(partName(part), value)
                .setPath("/")
                .setSecure(true)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX);
    }

    private String partName(int part) {
        return part == 0 ? name : name + "-" + part;
    }

    String seal(T value) {
        try {
            JsonWebEncryption sealed = new JsonWebEncryption();
            sealed.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
            sealed.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
            sealed.setKeyIdHeaderValue(keys.first().name());
            sealed.setHeader("typ", name);
            sealed.enableDefaultCompression();
            sealed.setKey(keys.first().key());
            sealed.setPayload(JSON.writeValueAsString(value));
            return sealed.getCompactSerialization();
        } catch (JoseException | JsonProcessingException e) {
            throw new IllegalStateException("what the door seals can be sealed", e);
        }
    }

    Optional<T> open(String text) {
        if (!hasOneSpelling(text)) {
            return Optional.empty();
        }
        try {
            JsonWebEncryption sealed = new JsonWebEncryption();
            sealed.setAlgorithmConstraints(DIRECT);
            sealed.setContentEncryptionAlgorithmConstraints(AES_GCM);
            sealed.setCompactSerialization(text);
            String key = sealed.getKeyIdHeaderValue();
            if (key == null || !name.equals(sealed.getHeader("typ"))) {
                return Optional.empty();
            }
            var known = keys.named(key);
            if (known.isEmpty()) {
                return Optional.empty();
            }
            sealed.setKey(known.get());
            return Optional.of(JSON.readValue(sealed.getPayload(), type));
        } catch (JoseException | JsonProcessingException e) {
            // Changed, of a key that is gone, or of another version: as good as none.
            return Optional.empty();
        }
    }

    /**
     * The last character of a base64url part may hold bits that a decoder throws away (RFC 4648, section 3.5): with those
     * set the same cookie would have several spellings, and what is changed would still open.
     */
    private static boolean hasOneSpelling(String text) {
        try {
            for (String part : text.split("\\.", -1)) {
                if (!ENCODER.encodeToString(DECODER.decode(part)).equals(part)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
