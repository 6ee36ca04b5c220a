package org.postern.gateway.proxy;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.postern.edge.problem.Problem;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.oidc.TokenGate;
import org.postern.gateway.route.Route;
import org.postern.gateway.token.CheckedToken;
import org.postern.gateway.token.TokenRefusedException;

/** Whether a caller may make a call, and the answer where not (RFC 6750, section 3). */
final class Admission {
    private static final Logger LOG = Logger.getLogger(Admission.class);
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String REALM = "Bearer realm=\"postern\"";
    private static final Pattern BEARER = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9._~+/=-]+)");

    private static final Logger AUDIT = Logger.getLogger("org.postern.gateway.audit");

    private final TokenGate gate;
    private final Quotas quotas;

    Admission(TokenGate gate, Quotas quotas) {
        this.gate = gate;
        this.quotas = quotas;
    }

    /** Lets the caller through, or answers. */
    void check(RoutingContext context, Route route, Consumer<CheckedToken> admitted) {
        List<String> sent = context.request().headers().getAll("Authorization");
        if (sent.isEmpty()) {
            unauthenticated(context, REALM);
            return;
        }
        // Two of them could be read by us and by a service in different order.
        var bearer = BEARER.matcher(sent.getFirst());
        if (sent.size() > 1 || !bearer.matches()) {
            unauthenticated(context, REALM + ", error=\"invalid_request\"");
            return;
        }
        String address = context.request().remoteAddress().hostAddress();
        // Checking signatures costs, and guessing must not pay. Whoever has a good token is let through all the same.
        if (!gate.remembers(bearer.group(1)) && !quotas.look(address).granted()) {
            Limits.refuse(context, quotas.look(address), "too-many-bad-tokens", "Too many bad tokens came from there.");
            return;
        }
        gate.check(bearer.group(1)).subscribe().with(token -> decide(context, route, token, admitted), failure -> {
            if (failure instanceof TokenRefusedException) {
                quotas.bad(address);
            }
            failed(context, route, failure);
        });
    }

    private void decide(RoutingContext context, Route route, CheckedToken token, Consumer<CheckedToken> admitted) {
        if (token.claims().audiences().stream().noneMatch(route.audiences()::contains)) {
            refusedToken(context, route, "audience-not-ours");
            unauthenticated(context, REALM + ", error=\"invalid_token\"");
        } else if (route.roles().stream().noneMatch(token.roles()::contains)) {
            AUDIT.infof("a caller without the role was refused: %s", route.name());
            AccessLog.reason(context, "role-missing");
            refuse(
                    context,
                    Problem.of(403, "forbidden", "The access token does not have a role that this needs.")
                            .withNext("Ask for a token with one of these roles: "
                                    + String.join(
                                            ", ",
                                            route.roles().stream().sorted().toList())),
                    Map.of(CHALLENGE, REALM + ", error=\"insufficient_scope\""));
        } else if (Limits.lets(
                context,
                quotas.take(
                        token.claims().issuer() + " " + token.claims().subject(),
                        token.claims().tenant(),
                        route.name()))) {
            admitted.accept(token);
        }
    }

    private static void refusedToken(RoutingContext context, Route route, String reason) {
        AccessLog.reason(context, reason);
        AUDIT.infof("a token was refused: %s, for %s", reason, route.name());
    }

    private static void failed(RoutingContext context, Route route, Throwable failure) {
        if (failure instanceof TokenRefusedException refused) {
            refusedToken(context, route, refused.reason());
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
    boolean isStillGood(CheckedToken token) {
        return gate.isStillGood(token);
    }

    /** Answers that a token is good no longer. */
    static void revoked(RoutingContext context) {
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
