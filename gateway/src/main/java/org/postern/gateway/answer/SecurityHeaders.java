package org.postern.gateway.answer;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.stream.Collectors;

/** What every answer tells a browser. A service may say its own where it knows better, as the view of a mail does. */
public final class SecurityHeaders {
    // Hashed and encoded once, not for each answer.
    private static final Map<CharSequence, CharSequence> ALWAYS = optimized(Map.of(
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin"));

    private static final Map<CharSequence, CharSequence> WHERE_ABSENT = optimized(Map.of(
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cache-Control", "no-store"));

    private static final String ONLY_TLS = "max-age=31536000; includeSubDomains";

    private SecurityHeaders() {}

    private static Map<CharSequence, CharSequence> optimized(Map<String, String> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        header -> HttpHeaders.createOptimized(header.getKey()),
                        header -> HttpHeaders.createOptimized(header.getValue())));
    }

    /** For an answer over TLS: that the browser asks over nothing else for a year (RFC 6797). */
    public static void addOnlyTls(HttpServerRequest request) {
        if ("https".equals(request.scheme())) {
            request.response().headers().set("Strict-Transport-Security", ONLY_TLS);
        }
    }

    /** Adds to the headers of an answer. */
    public static void add(MultiMap headers) {
        ALWAYS.forEach(headers::set);
        WHERE_ABSENT.forEach((name, value) -> {
            if (!headers.contains(name)) {
                headers.set(name, value);
            }
        });
    }
}
