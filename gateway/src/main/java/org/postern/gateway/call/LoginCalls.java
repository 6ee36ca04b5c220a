package org.postern.gateway.call;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;
import org.postern.events.mail.AuditedAct;
import org.postern.gateway.admission.Sessions;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.answer.Limits;
import org.postern.gateway.answer.SecurityHeaders;
import org.postern.gateway.audit.AuditTrail;
import org.postern.gateway.cookie.SealedCookie;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.login.PendingLogin;
import org.postern.gateway.login.ReturnPath;
import org.postern.gateway.login.Session;
import org.postern.gateway.oidc.LoginProvider;
import org.postern.gateway.openapi.ApiPage;
import org.postern.gateway.revocation.Revoker;
import org.postern.gateway.token.TokenRefusedException;
import org.postern.gateway.trace.AccessLog;

/** {@code /login}, {@code /login/callback} and {@code /logout}: browsers go to the provider, come back, and leave. */
public final class LoginCalls {
    /** Where the provider sends browsers back to. */
    public static final String CALLBACK = "/login/callback";

    private static final Logger LOG = Logger.getLogger(LoginCalls.class);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Pattern ACR_VALUES = Pattern.compile("[!#-\\[\\]-~]{1,100}(?: [!#-\\[\\]-~]{1,100}){0,9}");
    private static final Pattern AGE = Pattern.compile("[0-9]{1,8}");
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,64}");

    private final LoginProvider provider;
    private final SealedCookie<PendingLogin> pending;
    private final Sessions sessions;
    private final Revoker revoker;
    private final Quotas quotas;
    private final AuditTrail audit;
    private final URI origin;
    private final Clock clock;

    /**
     * The calls.
     *
     * @param pending where a login that has begun is kept
     * @param origin where browsers see the door
     */
    public LoginCalls(
            LoginProvider provider,
            SealedCookie<PendingLogin> pending,
            Sessions sessions,
            Revoker revoker,
            Quotas quotas,
            AuditTrail audit,
            URI origin,
            Clock clock) {
        this.provider = provider;
        this.pending = pending;
        this.sessions = sessions;
        this.revoker = revoker;
        this.quotas = quotas;
        this.audit = audit;
        this.origin = origin;
        this.clock = clock;
    }

    /** {@code GET /login?return=PATH&acr_values=...&max_age=SECONDS}: sends the browser to the provider. */
    public void login(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.resume();
        if (isOtherNameOfThisMachine(request.authority())) {
            // What is given to localhost does not come back to 127.0.0.1.
            redirect(context, origin + request.uri());
            return;
        }
        Optional<String> wanted = parameter(request, "return").flatMap(ReturnPath::of);
        Optional<String> acr = parameter(request, "acr_values").filter(LoginCalls::isAcrValues);
        Optional<String> age = parameter(request, "max_age")
                .filter(text -> text.isEmpty() || AGE.matcher(text).matches());
        if (wanted.isEmpty() || acr.isEmpty() || age.isEmpty()) {
            String field = wanted.isEmpty() ? "return" : acr.isEmpty() ? "acr_values" : "max_age";
            Answers.problem(context.response(), malformed(field), Map.of());
            return;
        }
        Long maxAge = age.get().isEmpty() ? null : Long.valueOf(age.get());
        PendingLogin login = PendingLogin.begin(wanted.get(), maxAge, clock.instant());
        provider.authorization(login, acr.get().isEmpty() ? null : acr.get())
                .subscribe()
                .with(
                        address -> {
                            pending.write(request, context.response(), login);
                            redirect(context, address);
                        },
                        failure -> failed(context, failure));
    }

    private static Problem malformed(String field) {
        return field.equals("return")
                ? Problem.of(400, "return-not-own-path", "After a login only a path of this door can be gone to.")
                        .withField(field)
                        .withNext("Name a path such as /openapi, without another host and without dot segments.")
                : Problem.of(400, "login-malformed", "This cannot be asked of a login.")
                        .withField(field);
    }

    private static boolean isAcrValues(String text) {
        return text.isEmpty() || ACR_VALUES.matcher(text).matches();
    }

    private boolean isOtherNameOfThisMachine(@Nullable HostAndPort asked) {
        return asked != null
                && asked.port() == origin.getPort()
                && LOOPBACK.contains(asked.host())
                && LOOPBACK.contains(origin.getHost())
                && !asked.host().equals(origin.getHost());
    }

    /** The value of a parameter, as it was decoded; empty text where it is not there, nothing where it is there twice. */
    private static Optional<String> parameter(HttpServerRequest request, String name) {
        List<String> values = request.params().getAll(name);
        return values.size() > 1 ? Optional.empty() : Optional.of(values.isEmpty() ? "" : values.getFirst());
    }

    /** {@code GET /login/callback}: what the provider says of a login. */
    public void callback(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.resume();
        String address = request.remoteAddress().hostAddress();
        Quotas.Taken left = quotas.look(address);
        if (!left.granted()) {
            Limits.refuse(context, left, "too-many-bad-tokens", "Too many bad logins came from there.");
            return;
        }
        Optional<PendingLogin> begun = pending.read(request);
        pending.forget(request, context.response());
        Optional<String> state = parameter(request, "state");
        Optional<String> code = parameter(request, "code");
        Optional<String> error = parameter(request, "error");
        Optional<String> issuer = parameter(request, "iss");
        if (begun.isEmpty()
                || state.isEmpty()
                || code.isEmpty()
                || error.isEmpty()
                || issuer.isEmpty()
                || !begun.get().isAnsweredBy(state.get(), clock.instant())) {
            // Nothing was guessed and the provider is asked nothing: any page can send its readers here, and would lock
            // out all behind their address.
            notLoggedIn(context, "login-not-begun-here");
        } else if (!error.get().isEmpty() || code.get().isEmpty()) {
            refuse(context, ERROR.matcher(error.get()).matches() ? "provider-says-" + error.get() : "code-missing");
        } else {
            finish(context, begun.get(), code.get(), issuer.get().isEmpty() ? null : issuer.get());
        }
    }

    private void finish(RoutingContext context, PendingLogin begun, String code, @Nullable String issuer) {
        provider.answersAs(issuer)
                .flatMap(same -> same
                        ? provider.login(begun, code)
                        // Another provider's answer (RFC 9207): its code is not for this one's eyes.
                        : Uni.createFrom().failure(new TokenRefusedException("issuer-unknown")))
                .subscribe()
                .with(
                        session -> {
                            sessions.begin(context, session);
                            audit.did(AuditedAct.LOGGED_IN, session.subject(), null, null);
                            redirect(context, begun.returnPath());
                        },
                        failure -> failed(context, failure));
    }

    /** {@code GET /}: what this is, and who is logged in. */
    public void root(RoutingContext context) {
        context.request().resume();
        if (!sessions.isIn(context.request())) {
            root(context, ApiPage.loginLink());
            return;
        }
        sessions.open(context)
                .subscribe()
                .with(
                        opened -> root(
                                context,
                                ApiPage.loggedIn(
                                        opened.session().name(), opened.token().roles())),
                        failure -> root(context, ApiPage.loginLink()));
    }

    private void root(RoutingContext context, String who) {
        // A browser asks of each address that a form leads to, also by a redirect.
        provider.formTarget().subscribe().with(target -> {
            context.response()
                    .putHeader("Content-Security-Policy", ApiPage.contentSecurityPolicy("'self' " + target))
                    .putHeader("Cache-Control", "no-store");
            Answers.text(context.response(), 200, "text/html; charset=utf-8", ApiPage.root(who));
        });
    }

    private void failed(RoutingContext context, Throwable failure) {
        if (failure instanceof TokenRefusedException refused) {
            refuse(context, refused.reason());
            return;
        }
        LOG.warnf("a login failed: %s", failure.getClass().getName());
        context.response().putHeader("Retry-After", "5");
        page(context, 503, "Not now", "The identity provider does not answer now. Try again in a moment.");
    }

    private void refuse(RoutingContext context, String reason) {
        quotas.bad(context.request().remoteAddress().hostAddress());
        notLoggedIn(context, reason);
    }

    private void notLoggedIn(RoutingContext context, String reason) {
        AccessLog.reason(context, reason);
        audit.refused(null, "GET " + CALLBACK, reason);
        page(context, 400, "Not logged in", "This login cannot be finished here (" + reason + ").");
    }

    private static void page(RoutingContext context, int status, String title, String text) {
        context.response()
                .putHeader("Content-Security-Policy", ApiPage.contentSecurityPolicy())
                .putHeader("Cache-Control", "no-store");
        Answers.text(context.response(), status, "text/html; charset=utf-8", ApiPage.message(title, text));
    }

    /** {@code POST /logout}: the session ends here, at every replica, and at the provider. */
    public void logout(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.resume();
        if (!sessions.isOwnForm(request)) {
            Answers.problem(
                    context.response(),
                    Problem.of(403, "cross-site-request", "Only a page of this door can log out."),
                    Map.of());
            return;
        }
        Optional<Session> session = sessions.read(request);
        if (session.isEmpty()) {
            sessions.forget(context);
            redirect(context, "/");
            return;
        }
        revoke(session.get()).whenComplete((done, failure) -> context.vertx()
                .runOnContext(ignored -> loggedOut(context, session.get(), failure)));
    }

    /** Its own name, and the provider's: whoever bears a token of that session is out too. */
    private CompletionStage<Void> revoke(Session session) {
        CompletionStage<Void> own = revoker.session(session.issuer(), session.ownSession());
        return session.providerSession() == null
                ? own
                : own.thenCombine(revoker.session(session.issuer(), session.providerSession()), (one, other) -> one);
    }

    private void loggedOut(RoutingContext context, Session session, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.warnf("a logout is known here only: %s", failure.getClass().getName());
            context.response().putHeader("Retry-After", "5");
            page(context, 503, "Not quite", "The logout holds here, and is not recorded for all. Log out once more.");
            return;
        }
        sessions.forget(context);
        audit.did(AuditedAct.LOGGED_OUT, session.subject(), null, "by-browser");
        provider.logout(session, origin.resolve("/"))
                .onFailure()
                .recoverWithItem(Optional.empty())
                .subscribe()
                .with(page -> redirect(context, page.orElse("/")), ignored -> redirect(context, "/"));
    }

    private static void redirect(RoutingContext context, String address) {
        SecurityHeaders.add(context.response().headers());
        context.response().setStatusCode(303).putHeader("Location", address).end();
    }
}
