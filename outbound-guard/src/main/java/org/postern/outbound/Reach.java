package org.postern.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What may be reached besides the rule that it is on the public Internet.
 *
 * @param plainHttp whether {@code http} may be used, not only {@code https}
 * @param ports the ports that may be used; empty for all. An allowed network has all
 * @param deniedHosts hosts that are never reached, with everything under them
 * @param deniedNetworks addresses that are never reached, not even in an allowed network
 */
public record Reach(boolean plainHttp, Set<Integer> ports, List<String> deniedHosts, List<Network> deniedNetworks) {
    /** {@code https} to any port: for endpoints that a client registered. */
    public static final Reach ENDPOINTS = new Reach(false, Set.of(), List.of(), List.of());

    /** {@code http} and {@code https} to their own ports: for what a mail names. */
    public static final Reach WEB = new Reach(true, Set.of(80, 443), List.of(), List.of());

    public Reach {
        ports = Set.copyOf(ports);
        deniedHosts =
                deniedHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        deniedNetworks = List.copyOf(deniedNetworks);
    }

    /** The same without these hosts and networks. */
    public Reach without(List<String> hosts, List<Network> networks) {
        return new Reach(plainHttp, ports, hosts, networks);
    }

    boolean denies(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        // A name may end with the dot of the root.
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return deniedHosts.stream().anyMatch(denied -> bare.equals(denied) || bare.endsWith("." + denied));
    }

    boolean denies(InetAddress address) {
        return deniedNetworks.stream().anyMatch(network -> network.contains(address));
    }

    boolean allowsPort(int port) {
        return ports.isEmpty() || ports.contains(port);
    }
}
