package org.postern.gateway.door;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.postern.edge.revocation.Revocations;
import org.postern.events.mail.MailAudit;
import org.postern.gateway.admission.Admission;
import org.postern.gateway.audit.AuditTrail;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.oidc.OneProvider;
import org.postern.gateway.oidc.TokenGate;
import org.postern.gateway.proxy.OpenExchanges;
import org.postern.gateway.proxy.ServiceProxy;
import org.postern.gateway.route.Destination;
import org.postern.gateway.route.Route;
import org.postern.gateway.route.RouteTable;
import org.postern.gateway.route.StepUp;
import org.postern.gateway.token.TokenRules;

/** The door on a server of its own, without the rest of the gateway. */
public final class PlainDoor implements AutoCloseable {
    final Revocations revocations = new Revocations();
    final OpenExchanges exchanges = new OpenExchanges(Clock.systemUTC());
    final List<MailAudit> audited = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    /** One with a single service behind it. */
    public PlainDoor(URI service, Quotas quotas, Set<String> origins, Map<String, Handler<RoutingContext>> publicCalls)
            throws Exception {
        this(service, quotas, origins, publicCalls, Map.of());
    }

    PlainDoor(
            URI service,
            Quotas quotas,
            Set<String> origins,
            Map<String, Handler<RoutingContext>> publicCalls,
            Map<String, StepUp> stepUps)
            throws Exception {
        RouteTable table = RouteTable.of(50_000, 100_000);
        TokenRules rules =
                new TokenRules(Set.of("RS256"), Set.of(), Duration.ofSeconds(10), Duration.ofHours(24), 16_384);
        TokenGate gate = new TokenGate(
                new OneProvider(), revocations, () -> true, rules, Duration.ofMinutes(1), false, Clock.systemUTC());
        revocations.onRevoked(exchanges::cut);
        Map<Route, ServiceProxy> services = new HashMap<>();
        var client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(1_000));
        for (Destination destination : Destination.values()) {
            List<Route> routes = table.routes().stream()
                    .filter(route -> route.destination() == destination && destination != Destination.GATEWAY)
                    .toList();
            services.putAll(ServiceProxy.to(service, destination.name(), routes, client, client, exchanges));
        }
        AuditTrail audit = new AuditTrail(event -> audited.add(event), null, Clock.systemUTC());
        Admission admission = new Admission(gate, quotas, null, stepUps, audit, Clock.systemUTC());
        Door door = new Door(table, services, Map.of(), publicCalls, admission, quotas, exchanges, origins, 2);
        Router router = Router.router(vertx);
        router.route().handler(door::handle);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** An address at it. */
    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
