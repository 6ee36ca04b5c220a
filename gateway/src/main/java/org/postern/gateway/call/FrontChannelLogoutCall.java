package org.postern.gateway.call;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;
import org.postern.events.mail.AuditedAct;
import org.postern.gateway.admission.Sessions;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.answer.Limits;
import org.postern.gateway.audit.AuditTrail;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.login.Session;
import org.postern.gateway.oidc.Providers;
import org.postern.gateway.revocation.Revoker;

/**
 * {@code GET /oidc/frontchannel-logout?iss=ISSUER&sid=SESSION}: a page of the provider, in the browser of somebody who logs
 * out there, says so (OpenID Connect Front-Channel Logout 1.0). For providers that do not tell by themselves. Nothing
 * proves who asks: whoever knows the name of a session can end it, and it is in tokens only. A browser that sends no cookie
 * into frames, and a provider that names no session, leave the session as it is.
 */
public final class FrontChannelLogoutCall {
    private static final Logger LOG = Logger.getLogger(FrontChannelLogoutCall.class);
    private static final int LONGEST = 255;

    private final Providers providers;
    private final Revoker revoker;
    private final Sessions sessions;
    private final Quotas quotas;
    private final AuditTrail audit;

    public FrontChannelLogoutCall(
            Providers providers, Revoker revoker, Sessions sessions, Quotas quotas, AuditTrail audit) {
        this.providers = providers;
        this.revoker = revoker;
        this.sessions = sessions;
        this.quotas = quotas;
        this.audit = audit;
    }

    /** Answers. */
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.resume();
        List<String> issuers = request.params().getAll("iss");
        List<String> names = request.params().getAll("sid");
        String issuer = issuers.size() == 1 ? issuers.getFirst() : "";
        String name = names.size() == 1 ? names.getFirst() : "";
        boolean named = providers.know(issuer) && !name.isEmpty() && name.length() <= LONGEST;
        Session session = !isFrame(request)
                ? null
                : sessions.read(request)
                        .filter(own -> issuers.isEmpty() || issuer.equals(own.issuer()))
                        .orElse(null);
        if (session == null && !named) {
            Answers.problem(
                    context.response(),
                    Problem.of(400, "logout-malformed", "This names no session of a provider that is known here.")
                            .withField(providers.know(issuer) ? "sid" : "iss"),
                    Map.of());
            return;
        }
        // Each writes a record: one address may not write many. They count by themselves, not as bad tokens: any page
        // can have its readers ask for them, and would lock out all behind their address.
        Quotas.Taken taken = quotas.takeLogout(request.remoteAddress().hostAddress());
        if (!taken.granted()) {
            Limits.refuse(context, taken, "too-many-logouts", "Too many logouts came from there.");
        } else if (session == null) {
            end(context, issuer, null, revoker.session(issuer, name));
        } else {
            // Whoever is logged in in this browser (section 3), whatever the provider calls that session.
            CompletionStage<Void> ended = revoker.session(session.issuer(), session.ownSession());
            CompletionStage<Void> all =
                    named ? ended.thenCombine(revoker.session(issuer, name), (one, other) -> one) : ended;
            end(context, session.issuer(), session.subject(), all);
        }
    }

    /** A link on some page must not do what the frame of a provider does. */
    private static boolean isFrame(HttpServerRequest request) {
        return "iframe".equals(request.getHeader("Sec-Fetch-Dest"));
    }

    private void end(RoutingContext context, String issuer, @Nullable String subject, CompletionStage<Void> revoked) {
        revoked.whenComplete(
                (done, failure) -> context.vertx().runOnContext(ignored -> answer(context, issuer, subject, failure)));
    }

    private void answer(RoutingContext context, String issuer, @Nullable String subject, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.warnf("a logout is known here only: %s", failure.getClass().getName());
            Answers.problem(
                    context.response(),
                    Problem.of(503, "logout-not-recorded", "The logout holds here, and is not recorded for all."),
                    Map.of("Retry-After", "5"));
            return;
        }
        audit.did(AuditedAct.LOGGED_OUT, subject, null, "by-front-channel");
        sessions.forget(context);
        // The page of the provider shows this in a frame.
        context.response()
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors " + origin(issuer))
                .putHeader("Cache-Control", "no-store");
        Answers.text(context.response(), 200, "text/plain; charset=utf-8", "");
    }

    private static String origin(String issuer) {
        URI address = URI.create(issuer);
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
