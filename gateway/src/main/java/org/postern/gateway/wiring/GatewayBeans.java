package org.postern.gateway.wiring;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postern.edge.revocation.Revocations;
import org.postern.edge.revocation.kafka.RevocationFeed;
import org.postern.edge.tracing.Tracing;
import org.postern.events.codec.Topic;
import org.postern.gateway.SecurityTxt;
import org.postern.gateway.admission.Admission;
import org.postern.gateway.admission.Sessions;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.audit.AuditTrail;
import org.postern.gateway.call.ApiCalls;
import org.postern.gateway.call.LogoutCall;
import org.postern.gateway.call.RevocationCall;
import org.postern.gateway.call.TokenRevocationCall;
import org.postern.gateway.config.GatewayConfig;
import org.postern.gateway.door.Door;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.oidc.LogoutTokens;
import org.postern.gateway.oidc.Providers;
import org.postern.gateway.oidc.TokenGate;
import org.postern.gateway.proxy.OpenExchanges;
import org.postern.gateway.proxy.ServiceProxy;
import org.postern.gateway.revocation.RevocationLog;
import org.postern.gateway.revocation.Revoker;
import org.postern.gateway.revocation.SeenLogouts;
import org.postern.gateway.route.Destination;
import org.postern.gateway.route.Route;
import org.postern.gateway.route.RouteTable;
import org.postern.gateway.route.StepUp;
import org.postern.gateway.token.TokenRules;
import org.postern.gateway.trace.TracedRequests;

/** Puts the door before everything else on the router. */
@ApplicationScoped
public class GatewayBeans {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int CONNECTIONS = 256;
    private static final int MOST_WAITING = 4_096;

    private static final long SWEEP_MILLIS = 1_000;
    /** Behind the limits of Quarkus, which are first of all, and before its filters, from -300 on. */
    private static final int FIRST = -1_000;

    private final Vertx vertx;
    private final GatewayConfig config;
    private final Providers providers;
    private final Revocations revocations;
    private final RevocationFeed feed;
    private final RevocationLog log;
    private final LoginBeans login;
    private final AuditTrail audit;
    private final Clock clock = Clock.systemUTC();
    private final OpenExchanges exchanges = new OpenExchanges(clock);

    GatewayBeans(
            Vertx vertx,
            GatewayConfig config,
            Providers providers,
            Revocations revocations,
            RevocationFeed feed,
            RevocationLog log,
            LoginBeans login,
            AuditTrail audit) {
        this.vertx = vertx;
        this.config = config;
        this.providers = providers;
        this.revocations = revocations;
        this.feed = feed;
        this.log = log;
        this.login = login;
        this.audit = audit;
    }

    void install(@Observes Router router, Tracing tracing, LimitBeans limits) {
        RouteTable table = RouteTable.of(
                config.messageLimit().asLongValue(), config.scanLimit().asLongValue());
        revocations.onRevoked(exchanges::cut);
        vertx.setPeriodic(SWEEP_MILLIS, ignored -> exchanges.cutExpired());
        providers.believeKeysFor(config.tokens().keysGoodFor());
        vertx.setPeriodic(config.tokens().keysReadEvery().toMillis(), ignored -> providers.readKeysAgain());
        TokenGate gate = gate();
        Revoker revoker = new Revoker(revocations, log, longestLife(), clock);
        requireRoutes(table, config.limits().perRoute().keySet(), "postern.gateway.limits.per-route");
        Quotas quotas = limits.quotas();
        Optional<LoginBeans.Parts> browsers = login.parts(gate, rules(), revoker, quotas, longestLife());
        Sessions sessions = browsers.map(LoginBeans.Parts::sessions).orElse(null);
        Map<String, Handler<RoutingContext>> calls = new HashMap<>(publicCalls(table, gate, revoker));
        browsers.ifPresent(parts -> calls.putAll(parts.calls()));
        Door door = new Door(
                table,
                services(table),
                Map.of("POST /v1/identity/revocations", new RevocationCall(providers, revoker, audit, clock)),
                calls,
                new Admission(gate, quotas, sessions, stepUps(table), audit, clock),
                quotas,
                exchanges,
                config.allowedOrigins().orElse(Set.of()),
                config.limits().streams());
        // Before what Quarkus puts there to find out who asks: the door does that itself, and nothing goes on behind
        // it.
        router.route().order(FIRST).handler(new TracedRequests(tracing));
        router.route().order(FIRST + 1).handler(door::handle);
    }

    private Map<String, StepUp> stepUps(RouteTable table) {
        requireRoutes(table, config.stepUp().keySet(), "postern.gateway.step-up");
        return config.stepUp().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new StepUp(
                                entry.getValue().acr().orElse(Set.of()),
                                entry.getValue().maxAge())));
    }

    private static void requireRoutes(RouteTable table, Set<String> named, String setting) {
        Set<String> names = table.routes().stream().map(Route::name).collect(Collectors.toSet());
        if (!names.containsAll(named)) {
            throw new IllegalArgumentException(setting + " names a route that is not in the table");
        }
    }

    private Map<String, Handler<RoutingContext>> publicCalls(RouteTable table, TokenGate gate, Revoker revoker) {
        LogoutTokens logoutTokens = new LogoutTokens(providers, rules(), config.logoutClients(), clock);
        LogoutCall logout = new LogoutCall(logoutTokens, new SeenLogouts(clock), revoker, audit);
        SecurityTxt securityTxt = securityTxt();
        ApiCalls api = new ApiCalls(table, addresses(), client(CONNECTIONS));
        return Map.of(
                "GET /", api::root,
                "GET /openapi", api::page,
                "GET /openapi.json", api::json,
                "GET /.well-known/security.txt", context -> Answers.page(context, securityTxt.text()),
                "POST /oidc/backchannel-logout", logout::handle,
                "POST /oidc/revoke", new TokenRevocationCall(gate, revoker, audit)::handle);
    }

    private Map<Destination, URI> addresses() {
        return Arrays.stream(Destination.values())
                .filter(destination -> destination != Destination.GATEWAY)
                .collect(Collectors.toMap(Function.identity(), this::address));
    }

    private TokenGate gate() {
        return new TokenGate(
                providers,
                revocations,
                feed::hasBeenCurrent,
                rules(),
                config.tokens().remembered(),
                config.tokens().opaque(),
                clock);
    }

    private TokenRules rules() {
        GatewayConfig.Tokens tokens = config.tokens();
        return new TokenRules(
                tokens.algorithms(),
                tokens.parties().orElse(Set.of()),
                tokens.clockSkew(),
                tokens.longestLife(),
                tokens.largest());
    }

    /** Of any token that is accepted: both clocks may be off. */
    private Duration longestLife() {
        Duration longest =
                config.tokens().longestLife().plus(config.tokens().clockSkew().multipliedBy(2));
        if (longest.compareTo(Topic.IDENTITY_REVOKED.retention()) > 0) {
            throw new IllegalArgumentException(
                    "postern.gateway.tokens.longest-life is longer than revocations are kept on Kafka: "
                            + Topic.IDENTITY_REVOKED.retention());
        }
        return longest;
    }

    private SecurityTxt securityTxt() {
        return new SecurityTxt(
                config.securityTxt().contact(), config.securityTxt().preferredLanguages(), Clock.systemUTC());
    }

    private Map<Route, ServiceProxy> services(RouteTable table) {
        HttpClient client = client(CONNECTIONS);
        // Streams hold a connection each for as long as they last: they must not take those of the requests.
        HttpClient streams = client(config.limits().allStreams());
        Map<Route, ServiceProxy> services = new HashMap<>();
        for (Destination destination : Destination.values()) {
            if (destination != Destination.GATEWAY) {
                List<Route> routes = table.routes().stream()
                        .filter(route -> route.destination() == destination)
                        .toList();
                String name = destination.name().toLowerCase(Locale.ROOT);
                services.putAll(ServiceProxy.to(address(destination), name, routes, client, streams, exchanges));
            }
        }
        return services;
    }

    private HttpClient client(int connections) {
        return vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout((int) config.idleTimeout().toSeconds())
                .setMaxPoolSize(connections)
                .setMaxWaitQueueSize(MOST_WAITING)
                .setDecompressionSupported(false));
    }

    /** Before the requests that are being answered are waited for: streams would not end by themselves. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        exchanges.endStreams();
    }

    private URI address(Destination destination) {
        return switch (destination) {
            case GATEWAY -> throw new IllegalArgumentException("the door has no address");
            case MESSAGE -> config.services().message();
            case SCAN -> config.services().scan();
            case SPAM -> config.services().spam();
            case RENDER -> config.services().render();
            case PUSH -> config.services().push();
        };
    }
}
