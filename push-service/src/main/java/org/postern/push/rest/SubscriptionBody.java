package org.postern.push.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.ProblemException;
import org.postern.push.ApplicationServerKey;
import org.postern.push.SubscriptionRequest;
import org.postern.push.TypeStates;
import org.postern.push.subscription.AliasKey;
import org.postern.push.subscription.Destination;

/**
 * The properties of a PushSubscription (RFC 8620, section 7.2) as a client sends them, and a {@code token} for Firebase in
 * place of {@code url} and {@code keys}.
 *
 * @param applicationServerKey the key of ours that the browser subscribed with; the newest where it is not given
 */
record SubscriptionBody(
        @Nullable String deviceClientId,
        @Nullable String kind,
        @Nullable String url,
        @Nullable Keys keys,
        @Nullable String applicationServerKey,
        @Nullable String token,
        @Nullable List<String> types,
        @Nullable String expires) {
    private static final int BAD_REQUEST = 400;

    record Keys(@Nullable String p256dh, @Nullable String auth) {}

    /** @param key what we sign with */
    SubscriptionRequest request(ApplicationServerKey key) {
        return new SubscriptionRequest(given("deviceClientId", deviceClientId), destination(key), wantedTypes(), end());
    }

    private Destination destination(ApplicationServerKey key) {
        return switch (kind == null ? "webpush" : kind) {
            case "webpush" -> {
                Keys given = keys == null ? new Keys(null, null) : keys;
                yield new Destination.WebPush(
                        given("url", url),
                        given("keys.p256dh", given.p256dh()),
                        given("keys.auth", given.auth()),
                        subscribedWith(key));
            }
            case "fcm" -> new Destination.Firebase(given("token", token), AliasKey.random());
            default -> throw refused("kind", "kind must be webpush or fcm.");
        };
    }

    private String subscribedWith(ApplicationServerKey key) {
        if (applicationServerKey == null) {
            return key.base64url();
        }
        if (!key.isOurs(applicationServerKey)) {
            throw new ProblemException(
                            422,
                            "application-server-key-unknown",
                            "applicationServerKey is none of ours, or no longer.")
                    .withField("applicationServerKey")
                    .withNext("Subscribe at the push service again, with the key of GET /v1/push/session.");
        }
        return applicationServerKey;
    }

    private @Nullable Set<String> wantedTypes() {
        if (types == null) {
            return null;
        }
        // Before they are put in a set: a list may be long.
        if (types.size() > TypeStates.MOST_TYPES || types.contains(null)) {
            throw refused("types", "types must be null or name 1 to 32 types.");
        }
        return new TreeSet<>(types);
    }

    private @Nullable Instant end() {
        if (expires == null) {
            return null;
        }
        try {
            return Instant.parse(expires);
        } catch (DateTimeException e) {
            throw refused("expires", "expires must be a time in UTC like 2026-01-31T12:00:00Z.");
        }
    }

    private static String given(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new ProblemException(BAD_REQUEST, "property-missing", field + " is missing.").withField(field);
        }
        return value;
    }

    private static ProblemException refused(String field, String sentence) {
        return new ProblemException(BAD_REQUEST, "property-malformed", sentence).withField(field);
    }
}
