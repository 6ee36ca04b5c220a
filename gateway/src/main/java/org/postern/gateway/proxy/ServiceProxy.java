package org.postern.gateway.proxy;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.postern.edge.problem.Problem;
import org.postern.edge.problem.StandardProblem;
import org.postern.gateway.route.Route;

/**
 * The way to one service: bytes in both directions as they come, with back-pressure, never a whole body. A service that does
 * not answer becomes a problem document. Upgrades are not let through: an upgraded connection would be a tunnel past every
 * check.
 */
public final class ServiceProxy {
    private static final Logger LOG = Logger.getLogger(ServiceProxy.class);

    private final RequestOptions address;
    private final String name;
    private final long bodyLimit;
    private final HttpClient client;
    private final OpenExchanges exchanges;
    private final Breaker breaker;

    private ServiceProxy(
            URI address, String name, long bodyLimit, HttpClient client, OpenExchanges exchanges, Breaker breaker) {
        this.address = new RequestOptions().setHost(address.getHost()).setPort(address.getPort());
        this.name = name;
        this.bodyLimit = bodyLimit;
        this.client = client;
        this.exchanges = exchanges;
        this.breaker = breaker;
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
        Breaker breaker = new Breaker(System::nanoTime);
        return routes.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        route -> new ServiceProxy(
                                address,
                                name,
                                route.bodyLimit(),
                                route.isStream() ? streams : client,
                                exchanges,
                                breaker)));
    }

    /** Passes a request on that was let in, and its answer back. */
    void handle(HttpServerRequest request) {
        request.pause();
        RequestBody body = RequestBody.of(request, bodyLimit);
        if (body == null) {
            Answers.lastProblem(request, StandardProblem.of(400));
        } else if (!breaker.lets()) {
            unavailable(request, "is left alone for a while");
        } else {
            new Passage(this, request, body).begin();
        }
    }

    RequestOptions address() {
        return address;
    }

    HttpClient client() {
        return client;
    }

    /** Notes under which request one goes on; false where its client has gone, or was cut, before. */
    boolean isPassedOnAs(HttpServerRequest request, HttpClientRequest passedOn) {
        OpenExchanges.Exchange exchange = exchanges.of(request);
        if (exchange != null) {
            exchange.passedOnAs(passedOn);
        }
        return exchange != null;
    }

    /** Notes that an answer is a stream of events, which has no end of its own. */
    void isStreamOfEvents(HttpServerRequest request) {
        OpenExchanges.Exchange exchange = exchanges.of(request);
        if (exchange != null) {
            exchange.isStreamOfEvents();
        }
    }

    /** The service answered, whatever it said. */
    void answered() {
        breaker.answered();
    }

    /** The service cannot be reached. */
    void unreachable(HttpServerRequest request, Throwable failure) {
        breaker.failed();
        unavailable(request, failure.getClass().getName());
    }

    /** It broke off, which may be its client's doing: the service is not left alone for that. */
    void brokenOff(HttpServerRequest request, Throwable failure) {
        breaker.abandoned();
        unavailable(request, failure.getClass().getName());
    }

    /** The body was longer than the route allows. */
    void tooLong(HttpServerRequest request) {
        breaker.abandoned();
        Answers.lastProblem(request, Door.tooLarge(bodyLimit));
    }

    private void unavailable(HttpServerRequest request, String reason) {
        LOG.warnf("%s does not answer: %s", name, reason);
        Answers.letGoBy(request);
        Answers.problem(
                request.response(),
                Problem.of(503, "service-unavailable", "The " + name + " service does not answer now.")
                        .withNext("Try again later."),
                Map.of("Retry-After", "5"));
    }
}
