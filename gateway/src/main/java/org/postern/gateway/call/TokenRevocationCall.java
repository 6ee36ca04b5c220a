package org.postern.gateway.call;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;
import org.postern.events.mail.AuditedAct;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.audit.AuditTrail;
import org.postern.gateway.oidc.TokenGate;
import org.postern.gateway.revocation.Revoker;
import org.postern.gateway.token.CheckedToken;
import org.postern.gateway.token.TokenRefusedException;

/**
 * {@code POST /oidc/revoke}: whoever holds an access token can have it refused from now on (after RFC 7009). To hold it
 * is enough, so that one that was found in a log can be made worthless by its finder. A token that is no good gets 200
 * like any other (section 2.2), and nothing is written down.
 */
public final class TokenRevocationCall {
    private static final Logger LOG = Logger.getLogger(TokenRevocationCall.class);

    private final TokenGate gate;
    private final Revoker revoker;
    private final AuditTrail audit;

    public TokenRevocationCall(TokenGate gate, Revoker revoker, AuditTrail audit) {
        this.gate = gate;
        this.revoker = revoker;
        this.audit = audit;
    }

    /** Answers. */
    public void handle(RoutingContext context) {
        FormBody.take(context, body -> take(context, body));
    }

    private void take(RoutingContext context, Buffer body) {
        FormBody.field(body, "token")
                .ifPresentOrElse(
                        token -> gate.check(token)
                                .subscribe()
                                .with(
                                        good -> revoke(context, token, good),
                                        failure -> answer(
                                                context, failure instanceof TokenRefusedException ? null : failure)),
                        () -> Answers.problem(
                                context.response(),
                                Problem.of(400, "token-missing", "The body must name one token.")
                                        .withField("token"),
                                Map.of()));
    }

    private void revoke(RoutingContext context, String token, CheckedToken whose) {
        revoker.token(token).whenComplete((done, failure) -> context.vertx().runOnContext(ignored -> {
            if (failure == null) {
                audit.did(AuditedAct.IDENTITY_REVOKED, whose, null, "own-token");
            }
            answer(context, failure);
        }));
    }

    private static void answer(RoutingContext context, @Nullable Throwable failure) {
        if (failure == null) {
            Answers.text(context.response(), 200, "text/plain; charset=utf-8", "");
        } else {
            LOG.warnf("a token was not revoked for all: %s", failure.getClass().getName());
            Answers.problem(
                    context.response(),
                    Problem.of(503, "revocation-not-recorded", "The revocation is not recorded for all.")
                            .withNext("Send it again."),
                    Map.of("Retry-After", "5"));
        }
    }
}
