package org.postern.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;
import org.postern.edge.problem.StandardProblem;
import org.postern.gateway.answer.Answers;
import org.postern.gateway.trace.RequestTrace;

/**
 * What changes between the client and a service: headers by which one could speak for the door are taken off, bodies have an
 * end and a limit, and a service that does not answer, or so that nobody may hear it, becomes a problem document.
 */
final class Forwarding implements ProxyInterceptor {
    private static final Logger LOG = Logger.getLogger(Forwarding.class);

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
        HttpServerRequest client = context.request().proxiedRequest();
        if (!breaker.lets()) {
            return Future.succeededFuture(unavailable(context, "is left alone for a while"));
        }
        PassedHeaders.toService(client, context.request());
        if (RequestBody.isNone(client)) {
            context.request().setBody(null);
            Answers.letGoBy(client);
            return answered(context, RequestBody.isQuestion(client) ? askTwice(context) : context.sendRequest(), null);
        }
        if (!RequestBody.isEndless(client)) {
            return answered(context, context.sendRequest(), null);
        }
        RequestBody.sayChunked(client);
        LimitedBody limited = new LimitedBody(context.request().getBody().stream(), bodyLimit);
        context.request().setBody(Body.body(limited));
        return answered(context, context.sendRequest(), limited);
    }

    /** Once more where that can do no harm: a kept connection may have been closed just as the request was sent. */
    private static Future<ProxyResponse> askTwice(ProxyContext context) {
        return context.sendRequest()
                .recover(failure ->
                        failure instanceof HttpClosedException ? context.sendRequest() : Future.failedFuture(failure));
    }

    private Future<ProxyResponse> answered(
            ProxyContext context, Future<ProxyResponse> answer, @Nullable LimitedBody limited) {
        return answer.map(given -> {
                    breaker.answered();
                    return PassedHeaders.isChunkedAtMost(given.headers())
                            ? given
                            : notPassable(context, "an encoding that nobody asked for");
                })
                .otherwise(failure ->
                        limited != null && limited.isTooLong() ? tooLong(context) : failed(context, failure));
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        HttpServerRequest client = context.request().proxiedRequest();
        ProxyResponse answer = context.response();
        String date = answer.headers().get(HttpHeaders.DATE);
        PassedHeaders.toClient(answer.headers());
        noteStream(client, answer.headers().get(HttpHeaders.CONTENT_TYPE));
        if (isEndless(answer) && client.version() == HttpVersion.HTTP_1_0) {
            return sent(context, () -> UnchunkedAnswer.send(answer, client));
        }
        // The library writes a date anew, and the first nine days of a month with one digit (RFC 9110, section 5.6.7).
        client.response().headersEndHandler(ending -> PassedHeaders.sayDate(client.response(), date));
        return sent(context, context::sendResponse);
    }

    private static boolean isEndless(ProxyResponse answer) {
        return answer.getBody() != null && answer.getBody().length() < 0;
    }

    /** Notes an answer that is a stream of events, which has no end of its own. */
    private void noteStream(HttpServerRequest client, @Nullable String type) {
        OpenExchanges.Exchange exchange = exchanges.of(client);
        if (exchange != null && type != null && type.startsWith("text/event-stream")) {
            exchange.isStreamOfEvents();
        }
    }

    private Future<Void> sent(ProxyContext context, Supplier<Future<Void>> sending) {
        try {
            // Where it breaks off nothing more can be said.
            return sending.get().otherwiseEmpty();
        } catch (IllegalArgumentException e) {
            // A header that nobody may send.
            HttpServerRequest client = context.request().proxiedRequest();
            notPassable(client, e.getClass().getName());
            String id = String.valueOf(client.response().headers().get(RequestTrace.REQUEST_ID));
            client.response().headers().clear();
            Answers.problem(client.response(), StandardProblem.of(502), Map.of(RequestTrace.REQUEST_ID, id));
            return Future.succeededFuture();
        }
    }

    private ProxyResponse notPassable(ProxyContext context, String reason) {
        notPassable(context.request().proxiedRequest(), reason);
        return answer(context, StandardProblem.of(502));
    }

    private void notPassable(HttpServerRequest client, String reason) {
        LOG.warnf("%s answers what cannot be passed on: %s", service, reason);
        end(client);
    }

    /** Ends what was begun with the service. */
    private void end(HttpServerRequest client) {
        OpenExchanges.Exchange exchange = exchanges.of(client);
        if (exchange != null) {
            exchange.resetUpstream();
        }
    }

    /** Only a service that cannot be reached is left alone: a request that breaks off may be its client's doing. */
    private ProxyResponse failed(ProxyContext context, Throwable failure) {
        end(context.request().proxiedRequest());
        if (failure instanceof ConnectException) {
            breaker.failed();
        } else {
            breaker.abandoned();
        }
        return unavailable(context, failure.getClass().getName());
    }

    private ProxyResponse tooLong(ProxyContext context) {
        breaker.abandoned();
        HttpServerRequest client = context.request().proxiedRequest();
        Answers.closing(client).forEach(client.response()::putHeader);
        Answers.endAfterAnswer(client);
        return answer(context, Answers.tooLarge(bodyLimit));
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
