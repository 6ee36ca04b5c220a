package org.postern.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.postern.outbound.RefusedTargetException.Reason;

/**
 * Decides whether a connection may be made to an address that somebody else named (CWE-918, server-side request
 * forgery). Resolves the name once; the answer holds the address to connect to. Redirects have to be asked about anew.
 */
public final class OutboundGuard {
    private static final int LONGEST_URL = 2048;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final NameResolver resolver;
    private final List<Network> allowed;
    private final Reach reach;

    /** @param allowed networks that are not of the public Internet and may be connected to all the same, with or without TLS */
    public OutboundGuard(NameResolver resolver, List<Network> allowed) {
        this(resolver, allowed, Reach.ENDPOINTS);
    }

    /**
     * @param allowed networks that are not of the public Internet and may be connected to all the same, with or without
     *     TLS, to any port
     * @param reach what may be reached on the public Internet
     */
    public OutboundGuard(NameResolver resolver, List<Network> allowed, Reach reach) {
        this.resolver = resolver;
        this.allowed = List.copyOf(allowed);
        this.reach = reach;
    }

    /**
     * Where a connection for this URL may go. Blocks while the name is resolved.
     *
     * @throws RefusedTargetException where it may not be made
     */
    public OutboundTarget check(String url) throws RefusedTargetException {
        URI uri = parse(url);
        boolean secure = isSecure(uri);
        if (uri.getRawUserInfo() != null) {
            throw new RefusedTargetException(Reason.USER_INFO);
        }
        if (reach.denies(uri.getHost())) {
            throw new RefusedTargetException(Reason.DENIED);
        }
        int port = uri.getPort() == -1 ? secure ? HTTPS : HTTP : uri.getPort();
        List<InetAddress> addresses = addresses(uri.getHost());
        for (InetAddress address : addresses) {
            // Every one: a client that retries would get to the next.
            boolean inAllowed = allowed.stream().anyMatch(network -> network.contains(address));
            if (!inAllowed && !PublicInternet.contains(address)) {
                throw new RefusedTargetException(Reason.ADDRESS);
            }
            if (reach.denies(address)) {
                throw new RefusedTargetException(Reason.DENIED);
            }
            if (!inAllowed && !secure && !reach.plainHttp()) {
                throw new RefusedTargetException(Reason.SCHEME);
            }
            if (!inAllowed && !reach.allowsPort(port)) {
                throw new RefusedTargetException(Reason.PORT);
            }
        }
        return new OutboundTarget(uri, addresses.getFirst(), port);
    }

    private static URI parse(String url) throws RefusedTargetException {
        if (url.length() > LONGEST_URL) {
            throw new RefusedTargetException(Reason.MALFORMED);
        }
        try {
            URI uri = new URI(url);
            // A host that Java's grammar does not know is one that the next parser may read otherwise.
            if (uri.getScheme() == null || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
                throw new RefusedTargetException(Reason.MALFORMED);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new RefusedTargetException(Reason.MALFORMED);
        }
    }

    private static boolean isSecure(URI uri) throws RefusedTargetException {
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> false;
            default -> throw new RefusedTargetException(Reason.SCHEME);
        };
    }

    private List<InetAddress> addresses(String host) throws RefusedTargetException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            List<InetAddress> addresses = resolver.resolve(name);
            if (addresses.isEmpty()) {
                throw new RefusedTargetException(Reason.UNRESOLVED);
            }
            return addresses;
        } catch (UnknownHostException e) {
            throw new RefusedTargetException(Reason.UNRESOLVED);
        }
    }
}
