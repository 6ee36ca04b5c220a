package org.postern.gateway.proxy;

import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.postern.edge.problem.StandardProblem;

/** One request on its way to a service, and the answer on its way back. */
final class Passage {
    private static final Logger LOG = Logger.getLogger(Passage.class);
    private static final int CONNECT_ATTEMPTS = 2;
    private static final int BAD_GATEWAY = 502;

    private final ServiceProxy service;
    private final HttpServerRequest client;
    private final RequestBody body;
    private int connects;
    private boolean repeated;

    Passage(ServiceProxy service, HttpServerRequest client, RequestBody body) {
        this.service = service;
        this.client = client;
        this.body = body;
    }

    /** Passes it on. */
    void begin() {
        connects++;
        service.client().request(service.address()).onComplete(this::connected);
    }

    private void connected(AsyncResult<HttpClientRequest> connection) {
        if (connection.failed()) {
            // Nothing has been sent where a connection was refused, so that any request may be tried again.
            if (connects < CONNECT_ATTEMPTS && connection.cause() instanceof ConnectException) {
                begin();
            } else {
                failed(connection.cause());
            }
            return;
        }
        HttpClientRequest passedOn = connection.result();
        // What becomes of it, its answer tells.
        passedOn.exceptionHandler(failure -> {});
        passedOn.response().onComplete(answer -> answered(passedOn, answer));
        if (!service.isPassedOnAs(client, passedOn)) {
            passedOn.reset();
            return;
        }
        try {
            passOn(passedOn);
        } catch (IllegalArgumentException e) {
            // A header that nobody may send. Its answer fails now.
            passedOn.reset();
        }
    }

    private void passOn(HttpClientRequest passedOn) {
        passedOn.setMethod(client.method()).setURI(client.uri());
        if (client.authority() != null) {
            passedOn.authority(client.authority());
        }
        PassedHeaders.toService(client, passedOn.headers());
        body.passTo(passedOn);
    }

    private void answered(HttpClientRequest passedOn, AsyncResult<HttpClientResponse> answer) {
        if (answer.succeeded()) {
            service.answered();
            try {
                passBack(passedOn, answer.result());
            } catch (IllegalArgumentException e) {
                // A header that nobody may send.
                notPassable(passedOn, e.getClass().getName());
            }
        } else if (body.isRepeatable() && !repeated && answer.cause() instanceof HttpClosedException) {
            // Once more where that can do no harm: a kept connection may have been closed just as this was sent.
            repeated = true;
            connects = 0;
            begin();
        } else {
            failed(answer.cause());
        }
    }

    private void failed(Throwable failure) {
        if (body.isTooLong()) {
            service.tooLong(client);
        } else if (failure instanceof ConnectException) {
            service.unreachable(client, failure);
        } else {
            service.brokenOff(client, failure);
        }
    }

    private void passBack(HttpClientRequest passedOn, HttpClientResponse answer) {
        answer.pause();
        answer.exceptionHandler(failure -> {});
        MultiMap headers = answer.headers();
        if (!isPassable(headers.getAll(HttpHeaders.TRANSFER_ENCODING))) {
            notPassable(passedOn, "an encoding that nobody asked for");
            return;
        }
        HttpServerResponse to = client.response();
        if (to.headWritten() || to.closed()) {
            passedOn.reset();
            return;
        }
        to.setStatusCode(answer.statusCode()).setStatusMessage(answer.statusMessage());
        PassedHeaders.toClient(headers, to.headers());
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.startsWith("text/event-stream")) {
            service.isStreamOfEvents(client);
        }
        AnswerBody.pass(answer, client, sayLength(headers, to), failure -> {
            passedOn.reset();
            to.reset();
        });
    }

    private static boolean isPassable(List<String> encodings) {
        return encodings.isEmpty() || encodings.stream().allMatch("chunked"::equals);
    }

    /** Says where the answer ends: at its length, or by chunks, which HTTP/1.0 does not know. */
    private long sayLength(MultiMap headers, HttpServerResponse to) {
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            to.putHeader(HttpHeaders.CONTENT_LENGTH, length);
            return Long.parseLong(length);
        }
        to.setChunked(client.version() != HttpVersion.HTTP_1_0);
        return -1;
    }

    private void notPassable(HttpClientRequest passedOn, String reason) {
        LOG.warnf("an answer cannot be passed on: %s", reason);
        passedOn.reset();
        MultiMap headers = client.response().headers();
        String id = String.valueOf(headers.get(RequestTrace.REQUEST_ID));
        headers.clear();
        Answers.letGoBy(client);
        Answers.problem(client.response(), StandardProblem.of(BAD_GATEWAY), Map.of(RequestTrace.REQUEST_ID, id));
    }
}
