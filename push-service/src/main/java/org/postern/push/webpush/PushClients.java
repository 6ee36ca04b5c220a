package org.postern.push.webpush;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.postern.outbound.OutboundTarget;

/**
 * How push services are talked to: by HTTP/2 over TLS, many pushes on one connection, or HTTP/1.1 where they know no other.
 * Without TLS, which only allowed networks get, by HTTP/1.1.
 */
public final class PushClients {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int CONNECTIONS_A_HOST = 8;
    private static final int IDLE_SECONDS = 60;

    /** Push services say nothing that we read after the head of an answer; some say a word or two about what is wrong. */
    private static final int MOST_REST_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final HttpClient secure;
    private final HttpClient plain;

    private PushClients(Vertx vertx, HttpClient secure, HttpClient plain) {
        this.vertx = vertx;
        this.secure = secure;
        this.plain = plain;
    }

    /** Clients that trust what the platform trusts. */
    public static PushClients of(Vertx vertx) {
        return of(vertx, new HttpClientOptions());
    }

    /** @param trust options that say whom to trust */
    static PushClients of(Vertx vertx, HttpClientOptions trust) {
        HttpClientOptions secure = shared(new HttpClientOptions(trust))
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2MaxPoolSize(2)
                .setHttp2KeepAliveTimeout(IDLE_SECONDS)
                .setVerifyHost(true);
        return new PushClients(
                vertx, vertx.createHttpClient(secure), vertx.createHttpClient(shared(new HttpClientOptions())));
    }

    private static HttpClientOptions shared(HttpClientOptions options) {
        return options.setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(CONNECTIONS_A_HOST)
                .setKeepAliveTimeout(IDLE_SECONDS);
    }

    /**
     * Posts a body, and gives the head of the answer. What follows the head is thrown away, and has an end: an answer that goes on
     * and on, or drips, gets no more of the connection than its size and time.
     *
     * @param timeout from when there is a connection to the last byte of the answer
     */
    Future<HttpClientResponse> post(OutboundTarget target, RequestOptions options, Buffer body, Duration timeout) {
        HttpClient client = target.isSecure() ? secure : plain;
        return client.request(options).compose(request -> {
            long timer = vertx.setTimer(timeout.toMillis(), late -> request.reset());
            // Inside, on the event loop: chained from this thread it could come after the answer's last byte.
            return request.send(body)
                    .onSuccess(response -> discard(response, timer))
                    .onFailure(e -> vertx.cancelTimer(timer));
        });
    }

    private void discard(HttpClientResponse response, long timer) {
        AtomicInteger length = new AtomicInteger();
        response.exceptionHandler(e -> vertx.cancelTimer(timer));
        response.endHandler(end -> vertx.cancelTimer(timer));
        response.handler(part -> {
            if (length.addAndGet(part.length()) > MOST_REST_BYTES) {
                response.request().reset();
            }
        });
    }
}
