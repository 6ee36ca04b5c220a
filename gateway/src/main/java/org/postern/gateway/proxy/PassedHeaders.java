package org.postern.gateway.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.ArrayList;
import java.util.List;

/**
 * Which headers go on, each copied once: to a service none by which a client could speak for the door, to a client none by
 * which a service could, and to neither those of one connection (RFC 9110, section 7.6.1), nor what says where a body ends:
 * that, whoever passes the body on says.
 */
final class PassedHeaders {
    // Hashed and encoded once, not for each request.
    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");
    private static final CharSequence FORWARDED_PROTO = HttpHeaders.createOptimized("X-Forwarded-Proto");
    private static final CharSequence FORWARDED_HOST = HttpHeaders.createOptimized("X-Forwarded-Host");

    /** Of a connection, or of a body. */
    private static final MultiMap OF_ONE_HOP = named(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-length");

    /** Of one hop, or a claim that only a proxy may make. */
    private static final MultiMap ENDING_HERE = named(
                    "host",
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
            .addAll(OF_ONE_HOP);

    /** Of one hop, or what the door says itself, or nobody's business. */
    private static final MultiMap NOT_ANSWERED = named(
                    "server", RequestTrace.REQUEST_ID, "strict-transport-security", "set-cookie")
            .addAll(OF_ONE_HOP);

    private PassedHeaders() {}

    private static MultiMap named(String... names) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (String name : names) {
            headers.set(name, "");
        }
        return headers;
    }

    /** Copies what a client sent and a service is to see, and says who asked. */
    static void toService(HttpServerRequest client, MultiMap service) {
        MultiMap received = client.headers();
        List<String> nominated = nominated(received);
        received.forEach((name, value) -> {
            if (!ENDING_HERE.contains(name)
                    && !begins(name, "x-forwarded-")
                    && !begins(name, "postern-")
                    && !isOneOf(nominated, name)) {
                service.add(name, value);
            }
        });
        sayWhoAsked(client, service);
    }

    /** Copies what a service answered and a client is to see. */
    static void toClient(MultiMap answered, MultiMap client) {
        List<String> nominated = nominated(answered);
        answered.forEach((name, value) -> {
            if (!NOT_ANSWERED.contains(name) && !isOneOf(nominated, name)) {
                client.add(name, value);
            }
        });
        SecurityHeaders.add(client);
    }

    private static boolean begins(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static boolean isOneOf(List<String> names, String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** What the sender of a message meant for this connection alone. */
    private static List<String> nominated(MultiMap headers) {
        if (!headers.contains(HttpHeaders.CONNECTION)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (String nominated : headers.getAll(HttpHeaders.CONNECTION)) {
            for (String name : nominated.split(",")) {
                names.add(name.strip());
            }
        }
        return names;
    }

    /** Of what the client claimed nothing is left; this is what the door knows. Where the client is, no service asks. */
    private static void sayWhoAsked(HttpServerRequest client, MultiMap headers) {
        String scheme = String.valueOf(client.scheme());
        headers.set(FORWARDED_PROTO, scheme);
        HostAndPort authority = client.authority();
        String host = authority == null ? null : authority.toString();
        if (host != null && HostName.is(host)) {
            headers.set(FORWARDED_HOST, host);
            headers.set(FORWARDED, "for=unknown;proto=" + scheme + ";host=\"" + host + "\"");
        } else {
            headers.set(FORWARDED, "for=unknown;proto=" + scheme);
        }
    }
}
