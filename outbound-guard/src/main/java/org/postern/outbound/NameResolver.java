package org.postern.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name. Blocks. */
@FunctionalInterface
public interface NameResolver {
    /**
     * All addresses of a name, or the address that a literal stands for.
     *
     * @throws UnknownHostException where there is none, or it could not be found out
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The resolver of the machine. */
    static NameResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
