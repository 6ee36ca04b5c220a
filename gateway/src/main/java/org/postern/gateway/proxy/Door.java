package org.postern.gateway.proxy;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.HttpProxy;
import java.util.Map;
import org.postern.edge.problem.Problem;
import org.postern.edge.problem.StandardProblem;
import org.postern.gateway.route.Route;
import org.postern.gateway.route.RouteTable;

/** Every request goes through here: matched, limited, admitted, and passed on as a stream. */
public final class Door {
    private static final long MIB = 1024L * 1024;

    private final RouteTable table;
    private final Map<Route, HttpProxy> services;
    private final Map<String, PublicPage> pages;
    private final Admission admission = new Admission();

    /**
     * The door.
     *
     * @param table what is let through
     * @param services where to, for each route
     * @param pages what the door answers itself, by path
     */
    public Door(RouteTable table, Map<Route, HttpProxy> services, Map<String, PublicPage> pages) {
        this.table = table;
        this.services = Map.copyOf(services);
        this.pages = Map.copyOf(pages);
    }

    /** Handles a request. */
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        PublicPage page = pages.get(request.path());
        if (page != null && request.method().name().equals("GET")) {
            Answers.text(context.response(), 200, page.type(), page.text().get());
            return;
        }
        // A target in absolute form, or without its slash, would be read again by the service, and perhaps otherwise.
        if (!request.uri().startsWith("/") || hasAmbiguousLength(request)) {
            refuse(context, StandardProblem.of(400), Answers.closing(request));
            return;
        }
        switch (table.match(request.method().name(), String.valueOf(request.path()))) {
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
        request.pause();
        admission.check(context, route, () -> {
            long announced = announcedLength(request);
            if (announced > route.bodyLimit()) {
                refuse(context, tooLarge(route.bodyLimit()), Answers.closing(request));
            } else {
                HttpProxy proxy = services.get(route);
                if (proxy == null) {
                    throw new IllegalStateException("no address for " + route.destination());
                }
                if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                    // Only now: until it is let in, a client need not send its body.
                    request.response().writeContinue();
                }
                proxy.handle(request);
            }
        });
    }

    static Problem tooLarge(long limit) {
        String size = limit % MIB == 0 ? limit / MIB + " MiB" : limit / 1024 + " KiB";
        return Problem.of(413, "body-too-large", "The body is larger than the limit of " + size + ".");
    }

    private static void refuse(RoutingContext context, Problem problem, Map<String, String> headers) {
        context.request().resume();
        Answers.problem(context.response(), problem, headers);
    }

    /** Two ways to tell where a request ends are one too many: each hop could take another. */
    private static boolean hasAmbiguousLength(HttpServerRequest request) {
        return request.headers().contains("Transfer-Encoding")
                        && request.headers().contains("Content-Length")
                || request.headers().getAll("Content-Length").size() > 1;
    }

    private static long announcedLength(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
