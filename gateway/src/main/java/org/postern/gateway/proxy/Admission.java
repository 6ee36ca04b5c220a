package org.postern.gateway.proxy;

import io.quarkus.security.AuthenticationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;
import org.postern.gateway.route.Route;

/** Whether a caller may make a call, and the answer where not (RFC 6750, section 3). */
final class Admission {
    private static final Logger LOG = Logger.getLogger(Admission.class);
    private static final String CHALLENGE = "WWW-Authenticate";

    /** Lets the caller through, or answers. */
    void check(RoutingContext context, Route route, Runnable admitted) {
        Uni<SecurityIdentity> identity = context.get(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
        if (identity == null) {
            unauthenticated(context, "Bearer realm=\"postern\"");
            return;
        }
        identity.subscribe()
                .with(caller -> decide(context, route, caller, admitted), failure -> failed(context, failure));
    }

    private static void decide(
            RoutingContext context, Route route, @Nullable SecurityIdentity caller, Runnable admitted) {
        if (caller == null || caller.isAnonymous()) {
            unauthenticated(context, "Bearer realm=\"postern\"");
        } else if (route.roles().stream().noneMatch(caller::hasRole)) {
            refuse(
                    context,
                    Problem.of(403, "forbidden", "The access token does not have a role that this needs.")
                            .withNext("Ask for a token with one of these roles: "
                                    + String.join(
                                            ", ",
                                            route.roles().stream().sorted().toList())),
                    Map.of(CHALLENGE, "Bearer realm=\"postern\", error=\"insufficient_scope\""));
        } else {
            admitted.run();
        }
    }

    private static void failed(RoutingContext context, Throwable failure) {
        if (failure instanceof AuthenticationFailedException || failure instanceof AuthenticationException) {
            unauthenticated(context, "Bearer realm=\"postern\", error=\"invalid_token\"");
            return;
        }
        LOG.warnf("a token could not be checked: %s", failure.getClass().getName());
        refuse(
                context,
                Problem.of(503, "identity-provider-unavailable", "Access tokens cannot be checked now."),
                Map.of("Retry-After", "5"));
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
