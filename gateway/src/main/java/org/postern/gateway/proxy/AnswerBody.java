package org.postern.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * The body of an answer on its way from a service to a client, as fast as the slower of them. Where the answer said how long
 * it is, its last byte ends it: most come whole with their head, and are written by one call then.
 */
final class AnswerBody implements Handler<Buffer> {
    private static final long UNKNOWN = -1;

    private final HttpClientResponse from;
    private final HttpServerRequest client;
    private final HttpServerResponse to;
    /** Bytes that are still to come, or {@link #UNKNOWN}. */
    private long left;

    private AnswerBody(HttpClientResponse from, HttpServerRequest client, long length) {
        this.from = from;
        this.client = client;
        this.to = client.response();
        this.left = length;
    }

    /**
     * Begins to pass it on; the head of the answer is written with its first bytes.
     *
     * @param length of the body in bytes; negative where nobody knows it
     * @param broken is told that the body broke off, and that the client must learn of it
     */
    static void pass(HttpClientResponse from, HttpServerRequest client, long length, Handler<Throwable> broken) {
        AnswerBody body = new AnswerBody(from, client, Math.max(UNKNOWN, length));
        from.exceptionHandler(broken);
        from.endHandler(ended -> body.end());
        from.handler(body);
        from.resume();
    }

    @Override
    public void handle(Buffer part) {
        if (left >= 0) {
            left -= part.length();
            if (left == 0) {
                to.end(part);
                return;
            }
        }
        to.write(part);
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(drained -> from.resume());
        }
    }

    private void end() {
        if (to.ended()) {
            return;
        }
        Future<Void> ended = to.end();
        if (left == UNKNOWN && client.version() == HttpVersion.HTTP_1_0) {
            // Which knows no chunks: the end of the connection is that of the body.
            ended.onComplete(done -> client.connection().close());
        }
    }
}
