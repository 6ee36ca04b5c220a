package org.postern.gateway.wiring;

import io.quarkus.oidc.runtime.TenantConfigBean;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postern.gateway.admission.Sessions;
import org.postern.gateway.audit.AuditTrail;
import org.postern.gateway.call.FrontChannelLogoutCall;
import org.postern.gateway.call.LoginCalls;
import org.postern.gateway.config.GatewayConfig;
import org.postern.gateway.cookie.CookieKeys;
import org.postern.gateway.cookie.SealedCookie;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.login.PendingLogin;
import org.postern.gateway.login.Session;
import org.postern.gateway.oidc.LoginProvider;
import org.postern.gateway.oidc.Providers;
import org.postern.gateway.oidc.TokenGate;
import org.postern.gateway.revocation.Revoker;
import org.postern.gateway.token.TokenRules;

/** The login of browsers, where it is enabled. */
@ApplicationScoped
public class LoginBeans {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final GatewayConfig config;
    private final Providers providers;
    private final TenantConfigBean tenants;
    private final AuditTrail audit;
    private final Clock clock = Clock.systemUTC();

    LoginBeans(GatewayConfig config, Providers providers, TenantConfigBean tenants, AuditTrail audit) {
        this.config = config;
        this.providers = providers;
        this.tenants = tenants;
        this.audit = audit;
    }

    /** What a login needs of the door. */
    record Parts(Sessions sessions, Map<String, Handler<RoutingContext>> calls) {}

    /**
     * The parts; empty where browsers cannot log in.
     *
     * @param longestRevocation for how long a revocation is remembered: a session must not live longer
     */
    Optional<Parts> parts(
            TokenGate gate, TokenRules rules, Revoker revoker, Quotas quotas, Duration longestRevocation) {
        GatewayConfig.Login login = config.login();
        if (!login.enabled()) {
            return Optional.empty();
        }
        requireSafe(login.origin());
        if (login.longest().compareTo(longestRevocation) > 0) {
            throw new IllegalArgumentException(
                    "postern.gateway.login.longest is longer than revocations are remembered: "
                            + "postern.gateway.tokens.longest-life");
        }
        CookieKeys keys = CookieKeys.read(keyFile(login));
        String origin = login.origin().toString();
        LoginProvider provider = new LoginProvider(
                tenants, providers, gate, rules, URI.create(origin + LoginCalls.CALLBACK), login.scopes(), clock);
        Sessions sessions = new Sessions(
                new SealedCookie<>("postern", Session.class, keys, null),
                provider,
                gate,
                origin,
                login.longest(),
                clock);
        LoginCalls calls = new LoginCalls(
                provider,
                new SealedCookie<>("postern-login", PendingLogin.class, keys, PendingLogin.LONGEST),
                sessions,
                revoker,
                quotas,
                audit,
                login.origin(),
                clock);
        Map<String, Handler<RoutingContext>> handlers = new HashMap<>(Map.of(
                "GET /",
                calls::root,
                "GET /login",
                calls::login,
                "GET " + LoginCalls.CALLBACK,
                calls::callback,
                "POST /logout",
                calls::logout));
        if (login.frontChannelLogout()) {
            handlers.put(
                    "GET /oidc/frontchannel-logout",
                    new FrontChannelLogoutCall(providers, revoker, sessions, quotas, audit)::handle);
        }
        return Optional.of(new Parts(sessions, handlers));
    }

    private static Path keyFile(GatewayConfig.Login login) {
        return login.keyFile()
                .orElseThrow(() -> new IllegalArgumentException(
                        "postern.gateway.login.key-file is needed where postern.gateway.login.enabled is true"));
    }

    /** A browser takes the cookies over nothing else. */
    private static void requireSafe(URI origin) {
        String path = origin.getRawPath();
        boolean bare = origin.getHost() != null
                && (path == null || path.isEmpty())
                && origin.getRawQuery() == null
                && origin.getRawUserInfo() == null;
        boolean safe = "https".equals(origin.getScheme())
                || "http".equals(origin.getScheme()) && LOOPBACK.contains(origin.getHost());
        if (!bare || !safe) {
            throw new IllegalArgumentException(
                    "postern.gateway.login.origin must be https://HOST[:PORT], or http:// and a loopback address");
        }
    }
}
