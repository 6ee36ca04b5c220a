package org.postern.gateway.door;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;
import org.postern.edge.problem.StandardProblem;
import org.postern.gateway.admission.Admission;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.answer.Limits;
import org.postern.gateway.answer.SecurityHeaders;
import org.postern.gateway.call.OwnCall;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.proxy.OpenExchanges;
import org.postern.gateway.proxy.ServiceProxy;
import org.postern.gateway.route.Destination;
import org.postern.gateway.route.HostName;
import org.postern.gateway.route.Route;
import org.postern.gateway.route.RouteTable;
import org.postern.gateway.token.CheckedToken;
import org.postern.gateway.trace.AccessLog;
import org.postern.gateway.trace.RequestTrace;

/** Every request goes through here: matched, limited, admitted, and passed on as a stream. */
public final class Door {
    private final RouteTable table;
    private final IdentityHashMap<Route, ServiceProxy> services;
    private final Map<String, OwnCall> ownCalls;
    private final Map<String, Map<String, Handler<RoutingContext>>> publicCalls;
    private final Admission admission;
    private final Quotas quotas;
    private final OpenExchanges exchanges;
    private final Cors cors;
    private final AccessLog accessLog;
    private final int mostStreams;

    /**
     * The door.
     *
     * @param table what is let through
     * @param services where to, for each route to a service
     * @param ownCalls what the door does itself for those whom it lets in, by method and path
     * @param publicCalls what the door answers anybody, by method and path
     * @param quotas of those whom no token lets in
     * @param mostStreams how many streams of events a subject may have open
     */
    public Door(
            RouteTable table,
            Map<Route, ServiceProxy> services,
            Map<String, OwnCall> ownCalls,
            Map<String, Handler<RoutingContext>> publicCalls,
            Admission admission,
            Quotas quotas,
            OpenExchanges exchanges,
            Set<String> origins,
            int mostStreams) {
        this.table = table;
        // By the route itself, which is one of the table: not by all that it says.
        this.services = new IdentityHashMap<>(services);
        this.ownCalls = Map.copyOf(ownCalls);
        this.publicCalls = byPath(publicCalls);
        this.admission = admission;
        this.quotas = quotas;
        this.exchanges = exchanges;
        this.cors = new Cors(origins);
        this.accessLog = new AccessLog(Clock.systemUTC());
        this.mostStreams = mostStreams;
    }

    private static Map<String, Map<String, Handler<RoutingContext>>> byPath(
            Map<String, Handler<RoutingContext>> calls) {
        Map<String, Map<String, Handler<RoutingContext>>> byPath = new HashMap<>();
        calls.forEach((name, handler) -> {
            int space = name.indexOf(' ');
            byPath.computeIfAbsent(name.substring(space + 1), path -> new HashMap<>())
                    .put(name.substring(0, space), handler);
        });
        return byPath;
    }

    /** Handles a request. */
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        accessLog.begin(context, RequestTrace.begin(context));
        SecurityHeaders.addOnlyTls(request);
        // A target in absolute form, or without its slash, would be read again by the service, and perhaps otherwise.
        if (!request.uri().startsWith("/") || hasAmbiguousLength(request) || hasAmbiguousHost(request)) {
            Answers.lastProblem(request, StandardProblem.of(400));
            return;
        }
        if (cors.answers(context)) {
            return;
        }
        String method = request.method().name();
        String path = String.valueOf(request.path());
        Handler<RoutingContext> publicCall =
                publicCalls.getOrDefault(path, Map.of()).get(method);
        if (publicCall != null) {
            publicCall.handle(context);
            return;
        }
        switch (table.match(method, path)) {
            case RouteTable.Match.Found found -> enter(context, found.route());
            case RouteTable.Match.Unknown unknown ->
                refuse(context, Problem.of(404, "route-unknown", "There is nothing here."), Map.of());
            case RouteTable.Match.OtherMethod other ->
                refuse(
                        context,
                        StandardProblem.of(405),
                        Map.of(
                                "Allow",
                                String.join(
                                        ", ", other.allowed().stream().sorted().toList())));
            case RouteTable.Match.Malformed malformed ->
                refuse(context, Problem.of(400, "path-malformed", "The path cannot be taken literally."), Map.of());
        }
    }

    private void enter(RoutingContext context, Route route) {
        HttpServerRequest request = context.request();
        AccessLog.route(context, route);
        if (route.signed()) {
            showSigned(context, route);
            return;
        }
        request.pause();
        admission.check(context, route, token -> {
            if (announcedLength(request) > route.bodyLimit()) {
                Answers.lastProblem(request, Answers.tooLarge(route.bodyLimit()));
                return;
            }
            if (route.isStream() && exchanges.streamsOf(token) >= mostStreams) {
                tooManyStreams(context);
                return;
            }
            OpenExchanges.Exchange exchange = exchanges.enter(context, token);
            if (route.isStream()) {
                exchange.isStreamOfEvents();
            }
            if (!admission.isStillGood(token)) {
                // Revoked between the check and the note: nobody would have cut it.
                Admission.revoked(context);
                return;
            }
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                // Only now: until it is let in, a client need not send its body.
                request.response().writeContinue();
            }
            pass(context, route, token);
        });
    }

    /** Its service checks the signature. Readers behind one address are many, so that its quota is a large one. */
    private void showSigned(RoutingContext context, Route route) {
        HttpServerRequest request = context.request();
        if (!Limits.lets(context, quotas.takeSigned(request.remoteAddress().hostAddress()))) {
            return;
        }
        if (announcedLength(request) > route.bodyLimit()) {
            Answers.lastProblem(request, Answers.tooLarge(route.bodyLimit()));
            return;
        }
        exchanges.enterSigned(context);
        required(services.get(route), route).handle(request);
    }

    private void tooManyStreams(RoutingContext context) {
        AccessLog.reason(context, "too-many-streams");
        refuse(
                context,
                Problem.of(429, "too-many-streams", "A caller may have " + mostStreams + " streams of events open.")
                        .withNext("Close one first."),
                Map.of("Retry-After", "5"));
    }

    private void pass(RoutingContext context, Route route, CheckedToken token) {
        if (route.destination() == Destination.GATEWAY) {
            required(ownCalls.get(route.method() + " " + route.path()), route).handle(context, token);
        } else {
            required(services.get(route), route).handle(context.request());
        }
    }

    private static <T> T required(@Nullable T found, Route route) {
        if (found == null) {
            throw new IllegalStateException("nobody answers " + route.method() + " " + route.path());
        }
        return found;
    }

    private static void refuse(RoutingContext context, Problem problem, Map<String, String> headers) {
        context.request().resume();
        Answers.problem(context.response(), problem, headers);
    }

    /** Two ways to tell where a request ends are one too many: each hop could take another. */
    private static boolean hasAmbiguousLength(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                        || request.headers().getAll(HttpHeaders.CONTENT_LENGTH).size() > 1);
    }

    /** Exactly one host, and nothing in its name that could be read in two ways (RFC 9112, section 3.2). */
    private static boolean hasAmbiguousHost(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return false;
        }
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        return hosts.isEmpty()
                ? request.version() != HttpVersion.HTTP_1_0
                : hosts.size() > 1 || !HostName.is(hosts.getFirst());
    }

    private static long announcedLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
