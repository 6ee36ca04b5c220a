package org.postern.gateway.wiring;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.ext.web.Router;
import io.vertx.httpproxy.HttpProxy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postern.gateway.SecurityTxt;
import org.postern.gateway.config.GatewayConfig;
import org.postern.gateway.proxy.Door;
import org.postern.gateway.proxy.PublicPage;
import org.postern.gateway.proxy.ServiceProxy;
import org.postern.gateway.route.Destination;
import org.postern.gateway.route.Route;
import org.postern.gateway.route.RouteTable;

/** Puts the door before everything else on the router. */
@ApplicationScoped
public class GatewayBeans {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int CONNECTIONS = 256;

    private final Vertx vertx;
    private final GatewayConfig config;

    GatewayBeans(Vertx vertx, GatewayConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    void install(@Observes Router router) {
        RouteTable table = RouteTable.of(
                config.messageLimit().asLongValue(), config.scanLimit().asLongValue());
        Door door = new Door(
                table,
                services(table),
                Map.of("/.well-known/security.txt", new PublicPage("text/plain; charset=utf-8", securityTxt()::text)));
        router.route().handler(door::handle);
    }

    private SecurityTxt securityTxt() {
        return new SecurityTxt(
                config.securityTxt().contact(), config.securityTxt().preferredLanguages(), Clock.systemUTC());
    }

    private Map<Route, HttpProxy> services(RouteTable table) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout((int) config.idleTimeout().toSeconds())
                .setMaxPoolSize(CONNECTIONS)
                .setDecompressionSupported(false));
        return table.routes().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        route -> ServiceProxy.to(
                                address(route.destination()),
                                route.destination().name().toLowerCase(Locale.ROOT),
                                route.bodyLimit(),
                                client)));
    }

    private URI address(Destination destination) {
        return switch (destination) {
            case MESSAGE -> config.services().message();
            case SCAN -> config.services().scan();
            case SPAM -> config.services().spam();
            case RENDER -> config.services().render();
            case PUSH -> config.services().push();
        };
    }
}
