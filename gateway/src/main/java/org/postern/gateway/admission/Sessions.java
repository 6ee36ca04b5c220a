package org.postern.gateway.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.postern.gateway.cookie.SealedCookie;
import org.postern.gateway.login.Session;
import org.postern.gateway.oidc.LoginProvider;
import org.postern.gateway.oidc.TokenGate;
import org.postern.gateway.token.CheckedToken;
import org.postern.gateway.token.TokenRefusedException;

/**
 * The sessions of browsers. Their access tokens are checked as those of bearers are, by the same gate; besides, a session
 * ends with its subject's or its own revocation whatever fresh token it has, and after the longest time.
 */
public final class Sessions {
    /** A token that has no longer to live is exchanged for a fresh one. */
    private static final Duration BEFORE_END = Duration.ofSeconds(15);

    /** Requests of one page come together: the first renews, the others get what it got. */
    private static final Duration TOGETHER = Duration.ofSeconds(30);

    private static final long MOST_RENEWALS = 10_000;

    private final SealedCookie<Session> cookie;
    private final LoginProvider provider;
    private final TokenGate gate;
    private final CrossSite crossSite;
    private final Duration longest;
    private final Clock clock;
    private final Cache<String, Uni<Session>> renewals = Caffeine.newBuilder()
            .maximumSize(MOST_RENEWALS)
            .expireAfterWrite(TOGETHER)
            .build();

    /**
     * The sessions.
     *
     * @param origin where browsers see the door
     * @param longest how long one may last
     */
    public Sessions(
            SealedCookie<Session> cookie,
            LoginProvider provider,
            TokenGate gate,
            String origin,
            Duration longest,
            Clock clock) {
        this.cookie = cookie;
        this.provider = provider;
        this.gate = gate;
        this.crossSite = new CrossSite(origin);
        this.longest = longest;
        this.clock = clock;
    }

    /** One that is good now, and the token that it lets in with. */
    public record Opened(Session session, CheckedToken token) {}

    /** Whether a form was sent by a page of our own. */
    public boolean isOwnForm(HttpServerRequest request) {
        return crossSite.isOwnForm(request);
    }

    CrossSite crossSite() {
        return crossSite;
    }

    /** Whether a request brings one, good or not. */
    public boolean isIn(HttpServerRequest request) {
        return cookie.isIn(request);
    }

    /** The session that a request brings, whether it is good or not. */
    public Optional<Session> read(HttpServerRequest request) {
        return cookie.read(request);
    }

    /** Gives one to a browser. */
    public void begin(RoutingContext context, Session session) {
        cookie.write(context.request(), context.response(), session);
    }

    /** Takes it back. */
    public void forget(RoutingContext context) {
        cookie.forget(context.request(), context.response());
    }

    /** Checks what a request brings, and renews it where that is time; fails as {@link TokenGate#check} does. */
    public Uni<Opened> open(RoutingContext context) {
        return open(context, read(context.request()));
    }

    /** The same, of what was read already. */
    Uni<Opened> open(RoutingContext context, Optional<Session> brought) {
        if (brought.isEmpty()) {
            return refused("session-unknown");
        }
        Session session = brought.get();
        Instant now = clock.instant();
        if (!now.isBefore(Instant.ofEpochSecond(session.begun()).plus(longest))) {
            return refused("session-too-old");
        }
        boolean fresh = now.plus(BEFORE_END).isBefore(Instant.ofEpochSecond(session.accessExpires()));
        return (fresh ? Uni.createFrom().item(session) : renewed(session))
                .flatMap(current -> check(current).invoke(opened -> {
                    if (current != session) {
                        begin(context, current);
                    }
                }))
                .emitOn(onContext());
    }

    private Uni<Opened> check(Session session) {
        return gate.check(session.accessToken()).flatMap(token -> {
            CheckedToken ofSession =
                    new CheckedToken(token.claims(), token.roles(), session.identities(token.identities()));
            return gate.isStillGood(ofSession)
                    ? Uni.createFrom().item(new Opened(session, ofSession))
                    : refused("token-revoked");
        });
    }

    private Uni<Session> renewed(Session session) {
        String name = session.renewal();
        return renewals.get(name, ignored -> provider.renew(session)
                .onFailure()
                .invoke(failure -> renewals.invalidate(name))
                .memoize()
                .indefinitely());
    }

    private static Executor onContext() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : command -> context.runOnContext(ignored -> command.run());
    }

    private static Uni<Opened> refused(String reason) {
        return Uni.createFrom().failure(new TokenRefusedException(reason));
    }
}
