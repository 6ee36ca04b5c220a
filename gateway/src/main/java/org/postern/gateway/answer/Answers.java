package org.postern.gateway.answer;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.postern.edge.problem.Problem;
import org.postern.gateway.openapi.ApiPage;

/** Answers that the door gives itself. */
public final class Answers {
    private static final long LINGER_MILLIS = 2_000;
    private static final long MIB = 1024L * 1024;

    private Answers() {}

    /** Answers by a problem document, unless something was answered already. */
    public static void problem(HttpServerResponse response, Problem problem, Map<String, String> headers) {
        if (response.ended() || response.headWritten()) {
            return;
        }
        headers.forEach(response::putHeader);
        text(response, problem.status(), Problem.MEDIA_TYPE, problem.toJson());
    }

    /** Lets the rest of a request go by that nobody reads: a client that is still writing would never read its answer. */
    public static void letGoBy(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.resume();
        }
    }

    /** Answers a request that is not read to its end, and ends it. */
    public static void lastProblem(HttpServerRequest request, Problem problem) {
        letGoBy(request);
        problem(request.response(), problem, closing(request));
        endAfterAnswer(request);
    }

    /**
     * Ends a request whose answer has been written, however much of its body may still come. Not at once: where bytes are
     * left unread, closing resets the connection, and a client that is still writing would never see its answer (RFC 9112,
     * section 9.6).
     */
    public static void endAfterAnswer(HttpServerRequest request) {
        Context context = Vertx.currentContext();
        if (context == null) {
            end(request);
        } else {
            context.owner().setTimer(LINGER_MILLIS, ignored -> end(request));
        }
    }

    private static void end(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            request.connection().close();
        } else if (!request.isEnded()) {
            request.response().reset(0);
        }
    }

    /** Says that nothing more is read on this connection. HTTP/2 has no such header: a stream ends by itself. */
    public static Map<String, String> closing(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2 ? Map.of() : Map.of("Connection", "close");
    }

    /** Says that a body is larger than so many bytes. */
    public static Problem tooLarge(long limit) {
        String size = limit % MIB == 0 ? limit / MIB + " MiB" : limit / 1024 + " KiB";
        return Problem.of(413, "body-too-large", "The body is larger than the limit of " + size + ".");
    }

    /** A page of plain text for anybody. */
    public static void page(RoutingContext context, String text) {
        text(context.response(), 200, "text/plain; charset=utf-8", text);
    }

    /** Asks whether the images of a mail are to be shown, by a page of our own, whose links are. */
    public static void askAgain(RoutingContext context) {
        context.request().resume();
        context.response()
                .putHeader("Content-Security-Policy", ApiPage.contentSecurityPolicy())
                .putHeader("Cache-Control", "no-store");
        text(context.response(), 200, "text/html; charset=utf-8", ApiPage.showImages());
    }

    /** Answers by a text of some type. */
    public static void text(HttpServerResponse response, int status, String type, String text) {
        SecurityHeaders.add(response.headers());
        response.setStatusCode(status).putHeader("Content-Type", type).end(text);
    }
}
