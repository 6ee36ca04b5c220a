package org.postern.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.postern.edge.problem.Problem;

/**
 * What changes between the client and a service: headers by which a client could speak for the door are taken off, the
 * trace goes on, and a service that does not answer becomes a problem document.
 */
final class Forwarding implements ProxyInterceptor {
    private static final Logger LOG = Logger.getLogger(Forwarding.class);

    /** Of one connection only (RFC 9110, section 7.6.1), or a claim that only a proxy may make. */
    private static final Set<String> ENDING_HERE = Set.of(
            "expect",
            "forwarded",
            "keep-alive",
            "proxy-connection",
            "x-real-ip",
            "via",
            "te",
            "trailer",
            "proxy-authorization",
            "x-original-url",
            "x-rewrite-url",
            "x-http-method-override",
            "x-http-method",
            "x-method-override",
            "cookie",
            "true-client-ip",
            "x-client-ip",
            "x-cluster-client-ip");

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](?::[0-9]{1,5})?");

    private final String service;
    private final long bodyLimit;
    private final OpenExchanges exchanges;
    private final Breaker breaker;

    Forwarding(String service, long bodyLimit, OpenExchanges exchanges, Breaker breaker) {
        this.service = service;
        this.bodyLimit = bodyLimit;
        this.exchanges = exchanges;
        this.breaker = breaker;
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
        sayWhoAsked(client, headers);
        if (!breaker.lets()) {
            return Future.succeededFuture(unavailable(context, "is left alone for a while"));
        }
        makeLengthKnown(context.request(), client);
        Body body = context.request().getBody();
        if (body == null || body.length() >= 0) {
            return send(context).recover(failure -> Future.succeededFuture(failed(context, failure)));
        }
        LimitedBody limited = new LimitedBody(body.stream(), bodyLimit);
        context.request().setBody(Body.body(limited));
        return context.sendRequest()
                .onSuccess(answer -> breaker.answered())
                .recover(failure ->
                        Future.succeededFuture(limited.isTooLong() ? tooLong(context) : failed(context, failure)));
    }

    /**
     * Over HTTP/2 a request need not say whether it has a body, nor how long that is. A service that is asked by HTTP/1.1
     * must be told: that there is none where none has a meaning, and that it comes in chunks otherwise.
     */
    private static void makeLengthKnown(ProxyRequest request, HttpServerRequest client) {
        if (client.version() != HttpVersion.HTTP_2 || client.headers().contains("Content-Length")) {
            return;
        }
        if (isWithoutBody(request)) {
            request.setBody(Body.body(Buffer.buffer()));
            client.handler(ignored -> {});
            client.resume();
        } else {
            client.headers().set("Transfer-Encoding", "chunked");
        }
    }

    private static boolean isWithoutBody(ProxyRequest request) {
        String method = request.getMethod().name();
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Whether a text names a host, and a port perhaps. */
    static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    /** Of what the client claimed nothing is left; this is what the door knows. Where the client is, no service asks. */
    private static void sayWhoAsked(HttpServerRequest client, MultiMap headers) {
        String scheme = String.valueOf(client.scheme());
        headers.set("X-Forwarded-Proto", scheme);
        HostAndPort authority = client.authority();
        String host = authority == null ? null : authority.toString();
        if (host != null && isHost(host)) {
            headers.set("X-Forwarded-Host", host);
            headers.set("Forwarded", "for=unknown;proto=" + scheme + ";host=\"" + host + "\"");
        } else {
            headers.set("Forwarded", "for=unknown;proto=" + scheme);
        }
    }

    /** Once more where that can do no harm: a kept connection may have been closed just as the request was sent. */
    private Future<ProxyResponse> send(ProxyContext context) {
        Body body = context.request().getBody();
        boolean repeatable = isWithoutBody(context.request()) && (body == null || body.length() == 0);
        return context.sendRequest()
                .recover(failure -> repeatable && failure instanceof HttpClosedException
                        ? context.sendRequest()
                        : Future.failedFuture(failure))
                .onSuccess(answer -> breaker.answered());
    }

    /** Only a service that cannot be reached is left alone: a request that breaks off may be its client's doing. */
    private ProxyResponse failed(ProxyContext context, Throwable failure) {
        if (failure instanceof ConnectException) {
            breaker.failed();
        } else {
            breaker.abandoned();
        }
        return unavailable(context, failure.getClass().getName());
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
        headers.remove(RequestTrace.REQUEST_ID);
        headers.remove("Strict-Transport-Security");
        headers.remove("Set-Cookie");
        SecurityHeaders.add(headers);
        OpenExchanges.Exchange exchange = exchanges.of(context.request().proxiedRequest());
        String type = headers.get("Content-Type");
        if (exchange != null && type != null && type.startsWith("text/event-stream")) {
            exchange.isStreamOfEvents();
        }
        return context.sendResponse();
    }

    private ProxyResponse tooLong(ProxyContext context) {
        breaker.abandoned();
        ProxyResponse answer = answer(context, Door.tooLarge(bodyLimit));
        HttpServerRequest client = context.request().proxiedRequest();
        Answers.closing(client).forEach(answer::putHeader);
        Answers.endAfterAnswer(client);
        return answer;
    }

    private ProxyResponse unavailable(ProxyContext context, String reason) {
        LOG.warnf("%s does not answer: %s", service, reason);
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
