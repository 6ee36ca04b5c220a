package org.postern.outbound;

import java.net.InetAddress;
import java.net.URI;

/**
 * Where a connection may go. It has to go to this address and not to the name again: a name may have another address by
 * then.
 *
 * @param uri what was asked for
 * @param address the address that was looked at
 * @param port the port, also where the URI names none
 */
public record OutboundTarget(URI uri, InetAddress address, int port) {
    /** Whether the connection is made with TLS, for the host of the URI. */
    public boolean isSecure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Without the URI, which may be a secret: whoever knows the endpoint of a device can push to it. */
    @Override
    public String toString() {
        return "OutboundTarget[port=" + port + "]";
    }
}
