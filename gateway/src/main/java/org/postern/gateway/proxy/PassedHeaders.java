package org.postern.gateway.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.ProxyRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.gateway.answer.SecurityHeaders;
import org.postern.gateway.route.HostName;
import org.postern.gateway.trace.RequestTrace;

/**
 * Which headers go on: to a service none by which a client could speak for the door, to a client none by which a service
 * could, and to neither those of one connection (RFC 9110, section 7.6.1), be they named in {@code Connection} or not.
 */
final class PassedHeaders {
    // Hashed and encoded once, not for each request.
    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    private static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("X-Forwarded-Host");

    private static final MultiMap OF_ONE_CONNECTION = named(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Of one connection, or a claim that only a proxy may make. */
    private static final MultiMap ENDING_HERE = named(
                    "expect",
                    "forwarded",
                    "x-real-ip",
                    "via",
                    "proxy-authorization",
                    "x-original-url",
                    "x-rewrite-url",
                    "x-http-method-override",
                    "x-http-method",
                    "x-method-override",
                    "cookie",
                    "true-client-ip",
                    "x-client-ip",
                    "x-cluster-client-ip")
            .addAll(OF_ONE_CONNECTION);

    /** Of one connection, or what the door says itself, or nobody's business. */
    private static final MultiMap NOT_ANSWERED = named(
                    "server", RequestTrace.REQUEST_ID, "strict-transport-security", "set-cookie")
            .addAll(OF_ONE_CONNECTION);

    private PassedHeaders() {}

    private static MultiMap named(String... names) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String name : names) {
            headers.set(name, "");
        }
        return headers;
    }

    /** Leaves what a service is to see of what a client sent, and says who asked. */
    static void toService(HttpServerRequest client, ProxyRequest passedOn) {
        MultiMap headers = passedOn.headers();
        List<String> ending = nominated(headers);
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (ENDING_HERE.contains(name) || begins(name, "x-forwarded-") || begins(name, "postern-")) {
                ending.add(name);
            }
        }
        ending.forEach(headers::remove);
        sayWhoAsked(client, passedOn);
    }

    /** Leaves what a client is to see of what a service answered. */
    static void toClient(MultiMap answered) {
        List<String> ending = nominated(answered);
        for (Map.Entry<String, String> header : answered) {
            if (NOT_ANSWERED.contains(header.getKey())) {
                ending.add(header.getKey());
            }
        }
        ending.forEach(answered::remove);
        SecurityHeaders.add(answered);
    }

    /** Whether a body is encoded by chunks, or not at all: nobody asks for more. */
    static boolean isChunkedAtMost(MultiMap answered) {
        return answered.getAll(HttpHeaders.TRANSFER_ENCODING).stream().allMatch("chunked"::equals);
    }

    /** Says the date that a service said, in its own words; none where it said none. */
    static void sayDate(HttpServerResponse response, @Nullable String date) {
        if (date == null) {
            response.headers().remove(HttpHeaders.DATE);
        } else {
            response.headers().set(HttpHeaders.DATE, date);
        }
    }

    private static boolean begins(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** What the sender of a message meant for this connection alone. */
    private static List<String> nominated(MultiMap headers) {
        List<String> names = new ArrayList<>();
        for (String nominated : headers.getAll(HttpHeaders.CONNECTION)) {
            for (String name : nominated.split(",")) {
                if (!name.isBlank()) {
                    names.add(name.strip());
                }
            }
        }
        return names;
    }

    /** Of what the client claimed nothing is left; this is what the door knows. Where the client is, no service asks. */
    private static void sayWhoAsked(HttpServerRequest client, ProxyRequest passedOn) {
        MultiMap headers = passedOn.headers();
        String scheme = String.valueOf(client.scheme());
        headers.set(FORWARDED_PROTO, scheme);
        HostAndPort authority = client.authority();
        String host = authority == null ? null : authority.toString();
        if (authority != null && host != null && HostName.is(host)) {
            passedOn.setAuthority(authority);
            headers.set(FORWARDED_HOST, host);
            headers.set(FORWARDED, "for=unknown;proto=" + scheme + ";host=\"" + host + "\"");
        } else {
            headers.set(FORWARDED, "for=unknown;proto=" + scheme);
        }
    }
}
