package org.postern.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyOptions;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postern.gateway.route.Route;

/**
 * The way to one service: bytes in both directions as they come, with back-pressure, never a whole body.
 * Upgrades are not let through: an upgraded connection would be a tunnel past every check.
 */
public final class ServiceProxy {
    private static final int CONNECT_ATTEMPTS = 2;

    private ServiceProxy() {}

    /**
     * The ways for all routes to one service, which share what is known of it.
     *
     * @param address its base address
     * @param name its name, for the log and for callers
     * @param streams the client for streams of events, which keep their connections
     */
    public static Map<Route, HttpProxy> to(
            URI address,
            String name,
            List<Route> routes,
            HttpClient client,
            HttpClient streams,
            OpenExchanges exchanges) {
        Breaker breaker = new Breaker(System::nanoTime);
        return routes.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        route -> to(
                                address,
                                name,
                                route.bodyLimit(),
                                route.isStream() ? streams : client,
                                exchanges,
                                breaker)));
    }

    /**
     * A proxy to the service at an address.
     *
     * @param bodyLimit the largest body, in bytes, also of one that announces no length
     */
    private static HttpProxy to(
            URI address, String name, long bodyLimit, HttpClient client, OpenExchanges exchanges, Breaker breaker) {
        RequestOptions service = new RequestOptions().setHost(address.getHost()).setPort(address.getPort());
        return HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(context -> connect(context, service, exchanges))
                .addInterceptor(new Forwarding(name, bodyLimit, exchanges, breaker));
    }

    private static Future<HttpClientRequest> connect(
            ProxyContext context, RequestOptions service, OpenExchanges exchanges) {
        return request(context.client(), service, CONNECT_ATTEMPTS).onSuccess(passedOn -> {
            OpenExchanges.Exchange exchange = exchanges.of(context.request().proxiedRequest());
            if (exchange == null) {
                // The client has gone, or was cut, before the service was reached.
                passedOn.reset();
            } else {
                exchange.passedOnAs(passedOn);
            }
        });
    }

    /** Nothing has been sent where a connection was refused, so that any request may be tried again. */
    private static Future<HttpClientRequest> request(HttpClient client, RequestOptions service, int attempts) {
        return client.request(service)
                .recover(failure -> attempts > 1 && failure instanceof ConnectException
                        ? request(client, service, attempts - 1)
                        : Future.failedFuture(failure));
    }
}
