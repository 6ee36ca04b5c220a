package org.postern.gateway.proxy;

import io.vertx.core.http.HttpClient;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.net.URI;

/**
 * The way to one service: bytes in both directions as they come, with back-pressure, never a whole body.
 * Upgrades are not let through: an upgraded connection would be a tunnel past every check.
 */
public final class ServiceProxy {
    private ServiceProxy() {}

    /**
     * A proxy to the service at an address.
     *
     * @param bodyLimit the largest body, in bytes, also of one that announces no length
     */
    public static HttpProxy to(URI address, String name, long bodyLimit, HttpClient client) {
        return HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(address.getPort(), address.getHost())
                .addInterceptor(new Forwarding(name, bodyLimit));
    }
}
