package org.postern.gateway.admission;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.answer.Limits;
import org.postern.gateway.audit.AuditTrail;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.login.Session;
import org.postern.gateway.oidc.TokenGate;
import org.postern.gateway.route.Route;
import org.postern.gateway.route.StepUp;
import org.postern.gateway.token.CheckedToken;
import org.postern.gateway.token.TokenRefusedException;
import org.postern.gateway.trace.AccessLog;

/**
 * Whether a caller may make a call, and the answer where not (RFC 6750, section 3; RFC 9470, section 3). A caller shows a
 * bearer token, or, where browsers can log in, the cookie of a session; never both: where there is a token the cookie is
 * not looked at.
 */
public final class Admission {
    private static final Logger LOG = Logger.getLogger(Admission.class);
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String REALM = "Bearer realm=\"postern\"";

    private static final Logger AUDIT = Logger.getLogger("org.postern.gateway.audit");

    private final TokenGate gate;
    private final Quotas quotas;
    private final @Nullable Sessions sessions;
    private final Map<String, StepUp> stepUps;
    private final AuditTrail audit;
    private final Clock clock;

    /**
     * An admission.
     *
     * @param sessions of browsers; null where they cannot log in
     * @param stepUps what routes ask for beyond a good token, by their names
     */
    public Admission(
            TokenGate gate,
            Quotas quotas,
            @Nullable Sessions sessions,
            Map<String, StepUp> stepUps,
            AuditTrail audit,
            Clock clock) {
        this.gate = gate;
        this.quotas = quotas;
        this.sessions = sessions;
        this.stepUps = Map.copyOf(stepUps);
        this.audit = audit;
        this.clock = clock;
    }

    /** Lets the caller through, or answers. */
    public void check(RoutingContext context, Route route, Consumer<CheckedToken> admitted) {
        List<String> sent = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (sent.isEmpty()) {
            if (sessions != null && sessions.isIn(context.request())) {
                checkSession(sessions, context, route, admitted);
            } else {
                unauthenticated(context, REALM);
            }
            return;
        }
        // Two of them could be read by us and by a service in different order.
        String header = sent.getFirst();
        int begin = sent.size() > 1 ? -1 : BearerToken.begin(header);
        if (begin < 0) {
            unauthenticated(context, REALM + ", error=\"invalid_request\"");
            return;
        }
        // Checking signatures costs, and guessing must not pay. Whoever has a good token is let through all the same.
        CheckedToken known = gate.remembered(header, begin);
        if (known != null) {
            checkKnown(context, route, known, admitted);
            return;
        }
        String address = context.request().remoteAddress().hostAddress();
        if (tooManyBad(context, address)) {
            return;
        }
        gate.checkAnew(header.substring(begin))
                .subscribe()
                .with(good -> decide(context, route, good, admitted), failure -> {
                    if (failure instanceof TokenRefusedException) {
                        quotas.bad(address);
                    }
                    failed(context, route, failure);
                });
    }

    private void checkKnown(RoutingContext context, Route route, CheckedToken known, Consumer<CheckedToken> admitted) {
        String refusal = gate.refusal(known);
        if (refusal == null) {
            decide(context, route, known, admitted);
        } else {
            quotas.bad(context.request().remoteAddress().hostAddress());
            failed(context, route, new TokenRefusedException(refusal));
        }
    }

    private boolean tooManyBad(RoutingContext context, String whose) {
        Quotas.Taken left = quotas.look(whose);
        if (!left.granted()) {
            Limits.refuse(context, left, "too-many-bad-tokens", "Too many bad tokens came from there.");
        }
        return !left.granted();
    }

    /** What the browser shows becomes what a bearer would have shown: the services know no cookie. */
    private void checkSession(Sessions opening, RoutingContext context, Route route, Consumer<CheckedToken> admitted) {
        // What we sealed ourselves is no guess: it counts for itself, and no stranger behind its address can stop it.
        Optional<Session> brought = opening.read(context.request());
        String whose = brought.map(Session::ownSession)
                .orElseGet(() -> context.request().remoteAddress().hostAddress());
        if (tooManyBad(context, whose)) {
            return;
        }
        if (!opening.crossSite().mayCall(route, context.request())) {
            refusedCaller(context, route, null, "cross-site-request");
            refuse(
                    context,
                    Problem.of(403, "cross-site-request", "With a cookie only pages of this door may call.")
                            .withNext("Call from a page of the same origin, with the header " + CrossSite.HEADER
                                    + ": 1 where something is changed, or send a bearer token."),
                    Map.of());
            return;
        }
        if (opening.crossSite().mustBeMeant(route, context.request())) {
            AccessLog.reason(context, "asked-again");
            Answers.askAgain(context);
            return;
        }
        opening.open(context, brought)
                .subscribe()
                .with(
                        opened -> {
                            context.request()
                                    .headers()
                                    .set(
                                            "Authorization",
                                            "Bearer " + opened.session().accessToken());
                            decide(context, route, opened.token(), admitted);
                        },
                        failure -> {
                            if (failure instanceof TokenRefusedException) {
                                quotas.bad(whose);
                            }
                            failed(context, route, failure);
                        });
    }

    private void decide(RoutingContext context, Route route, CheckedToken token, Consumer<CheckedToken> admitted) {
        if (Collections.disjoint(token.claims().audiences(), route.audiences())) {
            refusedCaller(context, route, token, "audience-not-ours");
            unauthenticated(context, REALM + ", error=\"invalid_token\"");
        } else if (Collections.disjoint(route.roles(), token.roles())) {
            refusedCaller(context, route, token, "role-missing");
            refuse(
                    context,
                    Problem.of(403, "forbidden", "The access token does not have a role that this needs.")
                            .withNext("Ask for a token with one of these roles: "
                                    + String.join(
                                            ", ",
                                            route.roles().stream().sorted().toList())),
                    Map.of(CHALLENGE, REALM + ", error=\"insufficient_scope\""));
        } else if (needsStepUp(route, token)) {
            refusedCaller(context, route, token, "step-up-needed");
            askForMore(context, stepUps.get(route.name()));
        } else {
            quotas.take(
                    token.claims().issuer() + " " + token.claims().subject(),
                    token.claims().tenant(),
                    route.name(),
                    taken -> {
                        if (Limits.lets(context, taken)) {
                            admitted.accept(token);
                        }
                    },
                    context::fail);
        }
    }

    private boolean needsStepUp(Route route, CheckedToken token) {
        StepUp needed = stepUps.isEmpty() ? null : stepUps.get(route.name());
        return needed != null
                && !needed.isMetBy(token.claims().acr(), token.claims().authenticatedAt(), clock.instant());
    }

    private static void askForMore(RoutingContext context, @Nullable StepUp needed) {
        if (needed == null) {
            throw new IllegalStateException("a route that needs no more asks for none");
        }
        StringBuilder challenge = new StringBuilder(REALM + ", error=\"insufficient_user_authentication\"");
        StringBuilder login = new StringBuilder();
        needed.acrValues().ifPresent(values -> {
            challenge.append(", acr_values=\"").append(values).append('"');
            login.append("acr_values=").append(values.replace(" ", "%20"));
        });
        needed.maxAge().ifPresent(age -> {
            challenge.append(", max_age=").append(age.toSeconds());
            login.append(login.isEmpty() ? "" : "&").append("max_age=").append(age.toSeconds());
        });
        refuse(
                context,
                Problem.of(
                                401,
                                "insufficient-user-authentication",
                                "This needs a user who has proved more surely, or more lately, who he is.")
                        .withNext("Log in again, in a browser by /login?" + login + "."),
                Map.of(CHALLENGE, challenge.toString()));
    }

    private void refusedCaller(RoutingContext context, Route route, @Nullable CheckedToken who, String reason) {
        AccessLog.reason(context, reason);
        AUDIT.infof("a caller was refused: %s, for %s", reason, route.name());
        audit.refused(who, route.name(), reason);
    }

    private void failed(RoutingContext context, Route route, Throwable failure) {
        if (failure instanceof TokenRefusedException refused) {
            refusedCaller(context, route, null, refused.reason());
            unauthenticated(context, REALM + ", error=\"invalid_token\"");
            return;
        }
        LOG.warnf("a token could not be checked: %s", failure.getClass().getName());
        refuse(
                context,
                Problem.of(503, "identity-provider-unavailable", "Access tokens cannot be checked now."),
                Map.of("Retry-After", "5"));
    }

    /** Whether a token that was let in may go on. */
    public boolean isStillGood(CheckedToken token) {
        return gate.isStillGood(token);
    }

    /** Answers that a token is good no longer. */
    public static void revoked(RoutingContext context) {
        unauthenticated(context, REALM + ", error=\"invalid_token\"");
    }

    private static void unauthenticated(RoutingContext context, String challenge) {
        refuse(
                context,
                Problem.of(401, "unauthenticated", "This needs a valid access token.")
                        .withNext("Send an Authorization header with a bearer token for the audience postern-api."),
                Map.of(CHALLENGE, challenge));
    }

    /** Answers, and lets the rest of the request go by: a client that is still writing would never read the answer. */
    private static void refuse(RoutingContext context, Problem problem, Map<String, String> headers) {
        context.request().resume();
        Answers.problem(context.response(), problem, headers);
    }
}
