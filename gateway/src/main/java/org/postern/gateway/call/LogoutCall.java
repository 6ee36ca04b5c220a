package org.postern.gateway.call;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;
import org.postern.events.mail.AuditedAct;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.audit.AuditTrail;
import org.postern.gateway.oidc.LogoutTokens;
import org.postern.gateway.revocation.Revoker;
import org.postern.gateway.revocation.SeenLogouts;
import org.postern.gateway.token.LogoutToken;
import org.postern.gateway.token.TokenRefusedException;

/**
 * {@code POST /oidc/backchannel-logout}: a provider says that somebody has logged out (OpenID Connect Back-Channel
 * Logout 1.0, section 2.5). 200 once every replica will know; 503 where that is not sure, and the provider should say it
 * again, although this replica refuses already.
 */
public final class LogoutCall {
    private static final Logger LOG = Logger.getLogger(LogoutCall.class);
    private static final Map<String, String> LATER = Map.of("Retry-After", "5");

    private final LogoutTokens tokens;
    private final SeenLogouts seen;
    private final Revoker revoker;
    private final AuditTrail audit;

    public LogoutCall(LogoutTokens tokens, SeenLogouts seen, Revoker revoker, AuditTrail audit) {
        this.tokens = tokens;
        this.seen = seen;
        this.revoker = revoker;
        this.audit = audit;
    }

    /** Answers. */
    public void handle(RoutingContext context) {
        FormBody.take(context, body -> take(context, body));
    }

    private void take(RoutingContext context, Buffer body) {
        FormBody.field(body, "logout_token")
                .ifPresentOrElse(
                        token -> tokens.check(token)
                                .subscribe()
                                .with(good -> act(context, good), failure -> failed(context, failure)),
                        () -> refuse(context, "logout-token-missing"));
    }

    private void act(RoutingContext context, LogoutToken token) {
        if (seen.contains(token)) {
            refuse(context, "logout-token-replayed");
            return;
        }
        revoke(token).whenComplete((done, failure) -> answer(context, token, failure));
    }

    private CompletionStage<Void> revoke(LogoutToken token) {
        String session = token.session();
        if (session != null) {
            return revoker.session(token.issuer(), session);
        }
        String subject = token.subject();
        if (subject == null) {
            throw new IllegalStateException("a logout token names a session or a subject");
        }
        return revoker.subject(token.issuer(), subject, token.issuedAt());
    }

    private void answer(RoutingContext context, LogoutToken token, @Nullable Throwable failure) {
        context.vertx().runOnContext(ignored -> {
            if (failure == null) {
                seen.add(token);
                audit.did(AuditedAct.LOGGED_OUT, token.subject(), null, "by-provider");
                context.response().putHeader("Cache-Control", "no-store");
                Answers.text(context.response(), 200, "text/plain; charset=utf-8", "");
            } else {
                LOG.warnf("a logout is known here only: %s", failure.getClass().getName());
                Answers.problem(
                        context.response(),
                        Problem.of(503, "logout-not-recorded", "The logout holds here, and is not recorded for all.")
                                .withNext("Send the logout token again."),
                        LATER);
            }
        });
    }

    private static void failed(RoutingContext context, Throwable failure) {
        if (failure instanceof TokenRefusedException refused) {
            refuse(context, refused.reason());
        } else {
            LOG.warnf(
                    "a logout token could not be checked: %s",
                    failure.getClass().getName());
            Answers.problem(
                    context.response(),
                    Problem.of(503, "identity-provider-unavailable", "Logout tokens cannot be checked now."),
                    LATER);
        }
    }

    private static void refuse(RoutingContext context, String reason) {
        LOG.warnf("a logout token was refused: %s", reason);
        Answers.problem(
                context.response(),
                Problem.of(
                        400, "logout-token-refused", "This is not a logout token that is good here: " + reason + "."),
                Map.of());
    }
}
