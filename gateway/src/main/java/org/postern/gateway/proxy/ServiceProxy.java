package org.postern.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
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
import org.postern.edge.problem.StandardProblem;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.route.Route;

/**
 * The way to one service: bytes in both directions as they come, with back-pressure, never a whole body. Upgrades are not let
 * through: an upgraded connection would be a tunnel past every check.
 */
public final class ServiceProxy {
    private static final int CONNECT_ATTEMPTS = 2;

    private final HttpProxy proxy;

    private ServiceProxy(HttpProxy proxy) {
        this.proxy = proxy;
    }

    /**
     * The ways for all routes to one service, which share what is known of it.
     *
     * @param address its base address
     * @param name its name, for the log and for callers
     * @param streams the client for streams of events, which keep their connections
     */
    public static Map<Route, ServiceProxy> to(
            URI address,
            String name,
            List<Route> routes,
            HttpClient client,
            HttpClient streams,
            OpenExchanges exchanges) {
        RequestOptions service = new RequestOptions().setHost(address.getHost()).setPort(address.getPort());
        Breaker breaker = new Breaker(System::nanoTime);
        return routes.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        route -> to(
                                service,
                                route.isStream() ? streams : client,
                                exchanges,
                                new Forwarding(name, route.bodyLimit(), exchanges, breaker))));
    }

    private static ServiceProxy to(
            RequestOptions service, HttpClient client, OpenExchanges exchanges, Forwarding forwarding) {
        return new ServiceProxy(HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(context -> connect(context, service, exchanges))
                .addInterceptor(forwarding));
    }

    /** Passes a request on that was let in, and its answer back. */
    public void handle(HttpServerRequest request) {
        request.pause();
        if (RequestBody.hasEnd(request)) {
            proxy.handle(request);
        } else {
            Answers.lastProblem(request, StandardProblem.of(400));
        }
    }

    private static Future<HttpClientRequest> connect(
            ProxyContext context, RequestOptions service, OpenExchanges exchanges) {
        return request(context.client(), service, CONNECT_ATTEMPTS).compose(passedOn -> {
            OpenExchanges.Exchange exchange = exchanges.of(context.request().proxiedRequest());
            if (exchange == null) {
                passedOn.reset();
                return Future.failedFuture("the client has gone, or was cut, before the service was reached");
            }
            exchange.passedOnAs(passedOn);
            return Future.succeededFuture(passedOn);
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
