package org.postern.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.postern.edge.problem.Problem;
import org.postern.events.TraceContext;

/**
 * What changes between the client and a service: headers by which a client could speak for the door are taken off, the
 * trace goes on, and a service that does not answer becomes a problem document.
 */
final class Forwarding implements ProxyInterceptor {
    private static final Logger LOG = Logger.getLogger(Forwarding.class);

    private final String service;

    Forwarding(String service) {
        this.service = service;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        MultiMap headers = context.request().headers();
        for (String name : List.copyOf(headers.names())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-forwarded-") || lower.startsWith("postern-") || lower.equals("forwarded")) {
                headers.remove(name);
            }
        }
        HttpServerRequest client = context.request().proxiedRequest();
        headers.set("X-Forwarded-Proto", String.valueOf(client.scheme()));
        headers.set(
                "traceparent",
                TraceContext.continueOrStart(headers.get("traceparent")).traceparent());
        return context.sendRequest().recover(failure -> Future.succeededFuture(unavailable(context, failure)));
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        MultiMap headers = context.response().headers();
        headers.remove("Server");
        SecurityHeaders.add(headers);
        return context.sendResponse();
    }

    private ProxyResponse unavailable(ProxyContext context, Throwable failure) {
        LOG.warnf("%s does not answer: %s", service, failure.getClass().getName());
        Problem problem = Problem.of(503, "service-unavailable", "The " + service + " service does not answer now.")
                .withNext("Try again later.");
        return context.request()
                .release()
                .response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Retry-After", "5")
                .setBody(Body.body(Buffer.buffer(problem.toJson())));
    }
}
