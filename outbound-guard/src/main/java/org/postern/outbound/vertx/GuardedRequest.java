package org.postern.outbound.vertx;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.postern.outbound.OutboundTarget;

/**
 * Requests to targets that the guard has checked: to the very address that was checked, under the name that was asked for,
 * and nowhere else from there. A redirect is an answer like another; where it leads has to be asked about anew.
 */
public final class GuardedRequest {
    private GuardedRequest() {}

    /** The beginning of one, without a time limit or headers: both are the caller's. */
    public static RequestOptions to(OutboundTarget target, HttpMethod method) {
        return new RequestOptions()
                .setMethod(method)
                // The address that was looked at, not the name again.
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(target.address(), target.port())))
                .setHost(target.uri().getHost())
                .setPort(target.port())
                .setSsl(target.isSecure())
                .setURI(pathAndQuery(target.uri()))
                .setFollowRedirects(false);
    }

    private static String pathAndQuery(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
