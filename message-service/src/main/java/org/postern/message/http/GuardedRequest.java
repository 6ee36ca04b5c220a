package org.postern.message.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.postern.outbound.OutboundTarget;

/**
 * Requests to targets that the guard has checked: to the very address that was checked, under the name that was asked for,
 * and nowhere else from there.
 */
public final class GuardedRequest {
    private GuardedRequest() {}

    /** The beginning of one. */
    public static RequestOptions to(OutboundTarget target, HttpMethod method, Duration timeout) {
        URI uri = target.uri();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new RequestOptions()
                .setMethod(method)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(target.address(), target.port())))
                .setHost(uri.getHost())
                .setPort(target.port())
                .setSsl(target.isSecure())
                .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
                .setFollowRedirects(false)
                .setTimeout(timeout.toMillis())
                .putHeader("User-Agent", "Postern");
    }
}
