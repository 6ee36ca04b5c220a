package org.postern.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.httpproxy.ProxyResponse;

/**
 * An answer whose length nobody knows, to a client of HTTP/1.0, which knows no chunks: its end is that of the connection. The
 * library would keep all of it in memory first, to count it.
 */
final class UnchunkedAnswer {
    private UnchunkedAnswer() {}

    /** Sends it as it comes, and closes the connection. */
    static Future<Void> send(ProxyResponse answer, HttpServerRequest client) {
        HttpServerResponse to = client.response();
        to.setStatusCode(answer.getStatusCode());
        if (answer.getStatusMessage() != null) {
            to.setStatusMessage(answer.getStatusMessage());
        }
        answer.headers().forEach(to.headers()::add);
        return answer.getBody().stream().pipe().endOnFailure(false).to(to).onComplete(done -> client.connection()
                .close());
    }
}
