package org.postern.gateway.proxy;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postern.events.identity.IdentityRevoked;
import org.postern.gateway.token.CheckedToken;

/**
 * The requests that are being answered, with the tokens that let them in: what a token lets in ends with it. An exchange
 * whose token is revoked is cut on both sides, and so is a stream of events whose token expires.
 */
public final class OpenExchanges {
    private final Map<HttpServerRequest, Exchange> open = new ConcurrentHashMap<>();
    private final Clock clock;

    public OpenExchanges(Clock clock) {
        this.clock = clock;
    }

    /** Notes a request that is let in, until it has been answered or its client is gone. */
    public Exchange enter(RoutingContext routing, CheckedToken token) {
        return note(routing, token);
    }

    /** Notes a request whose address let it in: there is no token that could end before it. */
    public void enterSigned(RoutingContext routing) {
        note(routing, null);
    }

    private Exchange note(RoutingContext routing, @Nullable CheckedToken token) {
        HttpServerRequest request = routing.request();
        Exchange exchange = new Exchange(request, token, Vertx.currentContext());
        open.put(request, exchange);
        routing.addEndHandler(ended -> {
            open.remove(request);
            if (ended.failed()) {
                exchange.resetUpstream();
            }
        });
        return exchange;
    }

    /** The exchange of a request; null where it was not let in by a token, or has ended. */
    @Nullable Exchange of(HttpServerRequest request) {
        return open.get(request);
    }

    /** Cuts what a revoked token let in. */
    public void cut(IdentityRevoked revoked) {
        open.values().stream()
                .filter(exchange -> isRevokedBy(revoked, exchange.token))
                .forEach(Exchange::cut);
    }

    private static boolean isRevokedBy(IdentityRevoked revoked, @Nullable CheckedToken token) {
        return token != null
                && token.identities().identities().contains(revoked.identity())
                && revoked.refuses(token.identities().issuedAt());
    }

    /** Cuts the streams of events whose tokens have expired. */
    public void cutExpired() {
        Instant now = clock.instant();
        open.values().stream()
                .filter(exchange -> exchange.events && hasExpired(exchange.token, now))
                .forEach(Exchange::cut);
    }

    private static boolean hasExpired(@Nullable CheckedToken token, Instant now) {
        return token != null && now.isAfter(token.claims().expires());
    }

    /** How many streams of events a subject has open. */
    public long streamsOf(CheckedToken token) {
        return open.values().stream()
                .filter(exchange -> exchange.events && isOfSameSubject(token, exchange.token))
                .count();
    }

    private static boolean isOfSameSubject(CheckedToken token, @Nullable CheckedToken other) {
        return other != null
                && other.claims().subject().equals(token.claims().subject())
                && other.claims().issuer().equals(token.claims().issuer());
    }

    /** Ends the streams of events, since this replica is about to stop: their clients find another one. */
    public void endStreams() {
        open.values().stream().filter(exchange -> exchange.events).forEach(Exchange::cut);
    }

    /** How many are being answered. */
    public int size() {
        return open.size();
    }

    /** One of them. */
    public static final class Exchange {
        private final HttpServerRequest request;
        private final @Nullable CheckedToken token;
        private final @Nullable Context context;
        private volatile @Nullable HttpClientRequest upstream;
        private volatile boolean events;

        private Exchange(HttpServerRequest request, @Nullable CheckedToken token, @Nullable Context context) {
            this.request = request;
            this.token = token;
            this.context = context;
        }

        /** The request to the service, which ends with this one. */
        void passedOnAs(HttpClientRequest passedOn) {
            upstream = passedOn;
        }

        /** Notes that the answer is a stream of events, which has no end of its own. */
        public void isStreamOfEvents() {
            events = true;
        }

        private void cut() {
            if (context == null) {
                end();
            } else {
                context.runOnContext(ignored -> end());
            }
        }

        private void end() {
            resetUpstream();
            request.response().reset();
        }

        /** Ends the request to the service. */
        void resetUpstream() {
            HttpClientRequest passedOn = upstream;
            if (passedOn != null) {
                passedOn.reset();
            }
        }
    }
}
