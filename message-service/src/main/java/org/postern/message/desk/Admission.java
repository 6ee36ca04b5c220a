package org.postern.message.desk;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.postern.outbound.Network;

/**
 * Who may connect to a port for mail servers, and how many of them at once.
 *
 * @param <C> what a connection is there
 */
public final class Admission<C> {
    private static final Logger LOG = Logger.getLogger(Admission.class);

    private final String settings;
    private final List<Network> allowed;
    private final int most;
    private final Set<C> connections = ConcurrentHashMap.newKeySet();
    // Kept here: a gauge that watches it does not keep it.
    private final Collection<C> seen = Collections.unmodifiableSet(connections);
    private final AtomicBoolean full = new AtomicBoolean();

    /** What becomes of a connection. */
    public enum Answer {
        /** It stays, until it {@link #left}. */
        ADMITTED,
        /** It is to be hung up on: not one of the networks allowed. */
        STRANGER,
        /** It is to be hung up on: there are as many as may be. */
        FULL
    }

    /**
     * Of one port.
     *
     * @param settings what its settings begin with, for the log
     * @param allowed who may connect
     * @param most how many at once
     */
    public Admission(String settings, List<Network> allowed, int most) {
        this.settings = settings;
        this.allowed = List.copyOf(allowed);
        this.most = most;
    }

    /** Lets somebody in, or does not. */
    public Answer admit(C connection, InetAddress from) {
        if (allowed.stream().noneMatch(network -> network.contains(from))) {
            LOG.warnf("somebody who is not a mail server of ours is hung up on; see %s.allowed-networks", settings);
            return Answer.STRANGER;
        }
        if (connections.size() >= most) {
            if (!full.getAndSet(true)) {
                LOG.warnf("there are %d connections of mail servers, %s.most-connections", most, settings);
            }
            return Answer.FULL;
        }
        full.set(false);
        connections.add(connection);
        return Answer.ADMITTED;
    }

    /** A connection is over. */
    public void left(C connection) {
        connections.remove(connection);
    }

    /** Whether that connection was let in and is not over. */
    public boolean has(C connection) {
        return connections.contains(connection);
    }

    /** Those that are there, as they come and go. */
    public Collection<C> connections() {
        return seen;
    }
}
