package org.postern.push.webpush;

import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who we are towards push services: a key pair on P-256, and tokens signed with it (RFC 8292). */
public final class VapidKeys {
    /** How long a token is good: half of the day that is allowed, so that clocks may differ. */
    private static final Duration VALIDITY = Duration.ofHours(12);

    private static final Duration RENEWAL = Duration.ofHours(1);
    private static final int MOST_ORIGINS = 10_000;
    private static final Pattern PRIVATE =
            Pattern.compile("-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final Pattern PUBLIC =
            Pattern.compile("-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", Pattern.DOTALL);

    private final VAPIDKeyPair keys;
    private final Optional<String> contact;
    private final Clock clock;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private VapidKeys(VAPIDKeyPair keys, Optional<String> contact, Clock clock) {
        this.keys = keys;
        this.contact = contact;
        this.clock = clock;
    }

    /**
     * Reads a key pair: a private key (PKCS #8) and its public key, both in PEM, in one file.
     *
     * @param contact whom a push service may write to, a mailto: or https: URL
     * @throws IOException where the file cannot be read or is not that
     */
    public static VapidKeys ofFile(Path file, Optional<String> contact, Clock clock) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        try {
            return new VapidKeys(
                    VAPIDKeyPairs.of(
                            PrivateKeySources.ofPEMText(block(PRIVATE, text)),
                            PublicKeySources.ofPEMText(block(PUBLIC, text))),
                    contact,
                    clock);
        } catch (RuntimeException e) {
            // Without the cause: it may quote the key.
            throw new IOException("the VAPID key file must hold a private and a public key on P-256 in PEM");
        }
    }

    private static String block(Pattern pattern, String text) {
        Matcher block = pattern.matcher(text);
        if (!block.find()) {
            throw new IllegalArgumentException("a block is missing");
        }
        return block.group();
    }

    /** The public key, as browsers subscribe with it. */
    public String applicationServerKey() {
        return keys.extractPublicKeyInUncompressedFormAsString();
    }

    /**
     * The value of the Authorization header for a push service. A signature is made once for many pushes.
     *
     * @param origin scheme, host and port of the endpoint
     */
    String authorization(String origin) {
        Instant now = clock.instant();
        if (tokens.size() > MOST_ORIGINS) {
            tokens.clear();
        }
        return tokens.compute(
                        origin,
                        (o, token) ->
                                token == null || token.until().isBefore(now.plus(RENEWAL)) ? token(o, now) : token)
                .header();
    }

    private Token token(String origin, Instant now) {
        Instant until = now.plus(VALIDITY);
        VAPIDJWTParam.Builder claims =
                VAPIDJWTParam.getBuilder().resourceURLString(origin).expirationTime(until);
        contact.ifPresent(claims::subject);
        return new Token(keys.generateAuthorizationHeaderValue(claims.build()), until);
    }

    private record Token(String header, Instant until) {}
}
