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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who we are towards push services: key pairs on P-256, and tokens signed with them (RFC 8292). A push service takes pushes
 * only from the pair that a browser subscribed with, so that older pairs stay until their last subscription has ended.
 */
public final class VapidKeys {
    /** How long a token is good: half of the day that is allowed, so that clocks may differ. */
    private static final Duration VALIDITY = Duration.ofHours(12);

    private static final Duration RENEWAL = Duration.ofHours(1);
    private static final int MOST_ORIGINS = 10_000;
    private static final int MOST_PAIRS = 10;
    private static final Pattern PRIVATE =
            Pattern.compile("-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final Pattern PUBLIC =
            Pattern.compile("-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", Pattern.DOTALL);

    private final Map<String, VAPIDKeyPair> pairs;
    private final List<String> names;
    private final Optional<String> contact;
    private final Clock clock;
    private final Map<Purpose, Token> tokens = new ConcurrentHashMap<>();

    private VapidKeys(Map<String, VAPIDKeyPair> pairs, Optional<String> contact, Clock clock) {
        this.pairs = Map.copyOf(pairs);
        this.names = List.copyOf(pairs.keySet());
        this.contact = contact;
        this.clock = clock;
    }

    /**
     * Reads key pairs, the newest first: of each a private key (PKCS #8) and its public key, both in PEM, in one file.
     *
     * @param contact whom a push service may write to, a mailto: or https: URL
     * @throws IOException where the file cannot be read or is not that
     */
    public static VapidKeys ofFile(Path file, Optional<String> contact, Clock clock) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        try {
            return new VapidKeys(pairs(blocks(PRIVATE, text), blocks(PUBLIC, text)), contact, clock);
        } catch (RuntimeException e) {
            // Without the cause: it may quote the key.
            throw new IOException("the VAPID key file must hold private and public keys on P-256 in PEM, 1 to "
                    + MOST_PAIRS + " pairs of them, the newest first");
        }
    }

    private static Map<String, VAPIDKeyPair> pairs(List<String> secrets, List<String> publics) {
        if (secrets.isEmpty() || secrets.size() != publics.size() || secrets.size() > MOST_PAIRS) {
            throw new IllegalArgumentException("a block is missing");
        }
        Map<String, VAPIDKeyPair> pairs = new LinkedHashMap<>();
        for (int i = 0; i < secrets.size(); i++) {
            VAPIDKeyPair pair = VAPIDKeyPairs.of(
                    PrivateKeySources.ofPEMText(secrets.get(i)), PublicKeySources.ofPEMText(publics.get(i)));
            pairs.put(pair.extractPublicKeyInUncompressedFormAsString(), pair);
        }
        return pairs;
    }

    private static List<String> blocks(Pattern pattern, String text) {
        return new ArrayList<>(
                pattern.matcher(text).results().map(MatchResult::group).toList());
    }

    /** The newest public key, as browsers subscribe with it. */
    public String applicationServerKey() {
        return names.getFirst();
    }

    /** Those before it, the newest first. */
    public List<String> olderKeys() {
        return names.subList(1, names.size());
    }

    /**
     * The value of the Authorization header for a push service. A signature is made once for many pushes.
     *
     * @param origin scheme, host and port of the endpoint
     * @param subscribedWith the public key that the browser subscribed with; null where that is not known, and was so long
     *     ago that it was the oldest one
     */
    public String authorization(String origin, @Nullable String subscribedWith) {
        Instant now = clock.instant();
        if (tokens.size() > MOST_ORIGINS) {
            tokens.clear();
        }
        Purpose purpose = new Purpose(origin, key(subscribedWith));
        return tokens.compute(
                        purpose,
                        (p, token) ->
                                token == null || token.until().isBefore(now.plus(RENEWAL)) ? token(p, now) : token)
                .header();
    }

    /** One that was taken out of the file is stood in for by the newest, and the push service says what it thinks of that. */
    private String key(@Nullable String subscribedWith) {
        if (subscribedWith == null) {
            return names.getLast();
        }
        return pairs.containsKey(subscribedWith) ? subscribedWith : names.getFirst();
    }

    private Token token(Purpose purpose, Instant now) {
        Instant until = now.plus(VALIDITY);
        VAPIDJWTParam.Builder claims =
                VAPIDJWTParam.getBuilder().resourceURLString(purpose.origin()).expirationTime(until);
        contact.ifPresent(claims::subject);
        VAPIDKeyPair pair = pairs.get(purpose.key());
        if (pair == null) {
            throw new IllegalStateException("a token is asked for a key that is none of ours");
        }
        return new Token(pair.generateAuthorizationHeaderValue(claims.build()), until);
    }

    private record Purpose(String origin, String key) {}

    private record Token(String header, Instant until) {}
}
