package org.postern.push.webpush;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import org.postern.outbound.OutboundTarget;

/**
 * How push services are talked to: by HTTP/2 over TLS, many pushes on one connection, or HTTP/1.1 where they know no other.
 * Without TLS, which only allowed networks get, by HTTP/1.1.
 */
public final class PushClients {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int CONNECTIONS_A_HOST = 8;
    private static final int IDLE_SECONDS = 60;

    private final HttpClient secure;
    private final HttpClient plain;

    private PushClients(HttpClient secure, HttpClient plain) {
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
        return new PushClients(vertx.createHttpClient(secure), vertx.createHttpClient(shared(new HttpClientOptions())));
    }

    private static HttpClientOptions shared(HttpClientOptions options) {
        return options.setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(CONNECTIONS_A_HOST)
                .setKeepAliveTimeout(IDLE_SECONDS);
    }

    HttpClient of(OutboundTarget target) {
        return target.isSecure() ? secure : plain;
    }
}
