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
import java.util.Set;
import org.jboss.logging.Logger;
import org.postern.edge.problem.Problem;
import org.postern.events.TraceContext;

/**
 * What changes between the client and a service: headers by which a client could speak for the door are taken off, the
 * trace goes on, and a service that does not answer becomes a problem document.
 */
final class Forwarding implements ProxyInterceptor {
    private static final Logger LOG = Logger.getLogger(Forwarding.class);

    /** Of one connection only (RFC 9110, section 7.6.1), or a claim that only a proxy may make. */
    private static final Set<String> ENDING_HERE =
            Set.of("expect", "forwarded", "keep-alive", "proxy-connection", "x-real-ip");

    private final String service;
    private final long bodyLimit;

    Forwarding(String service, long bodyLimit) {
        this.service = service;
        this.bodyLimit = bodyLimit;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        MultiMap headers = context.request().headers();
        HttpServerRequest client = context.request().proxiedRequest();
        removeNominated(client.headers(), headers);
        for (String name : List.copyOf(headers.names())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-forwarded-") || lower.startsWith("postern-") || ENDING_HERE.contains(lower)) {
                headers.remove(name);
            }
        }
        headers.set("X-Forwarded-Proto", String.valueOf(client.scheme()));
        headers.set(
                "traceparent",
                TraceContext.continueOrStart(headers.get("traceparent")).traceparent());
        Body body = context.request().getBody();
        if (body == null || body.length() >= 0) {
            return context.sendRequest().recover(failure -> Future.succeededFuture(unavailable(context, failure)));
        }
        LimitedBody limited = new LimitedBody(body.stream(), bodyLimit);
        context.request().setBody(Body.body(limited));
        return context.sendRequest()
                .recover(failure ->
                        Future.succeededFuture(limited.isTooLong() ? tooLong(context) : unavailable(context, failure)));
    }

    /** Takes off what the sender of a message meant for this connection alone. */
    private static void removeNominated(MultiMap received, MultiMap passedOn) {
        for (String nominated : received.getAll("Connection")) {
            for (String name : nominated.split(",")) {
                if (!name.isBlank()) {
                    passedOn.remove(name.strip());
                }
            }
        }
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        MultiMap headers = context.response().headers();
        removeNominated(headers, headers);
        headers.remove("Server");
        SecurityHeaders.add(headers);
        return context.sendResponse();
    }

    private ProxyResponse tooLong(ProxyContext context) {
        ProxyResponse answer = answer(context, Door.tooLarge(bodyLimit));
        Answers.closing(context.request().proxiedRequest()).forEach(answer::putHeader);
        return answer;
    }

    private ProxyResponse unavailable(ProxyContext context, Throwable failure) {
        LOG.warnf("%s does not answer: %s", service, failure.getClass().getName());
        Problem problem = Problem.of(503, "service-unavailable", "The " + service + " service does not answer now.")
                .withNext("Try again later.");
        return answer(context, problem).putHeader("Retry-After", "5");
    }

    private static ProxyResponse answer(ProxyContext context, Problem problem) {
        return context.request()
                .release()
                .response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .setBody(Body.body(Buffer.buffer(problem.toJson())));
    }
}
