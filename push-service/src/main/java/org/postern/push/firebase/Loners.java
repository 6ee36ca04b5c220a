package org.postern.push.firebase;

import java.util.LinkedHashSet;
import java.util.Set;
import org.postern.push.subscription.SubscriptionId;

/**
 * Devices that were in a chunk that failed, until one of their pushes is answered. Kept in memory, as hosts in trouble are: another
 * replica finds out by itself. The oldest is forgotten where there are too many.
 */
final class Loners {
    private static final int MOST = 10_000;

    private final Set<SubscriptionId> devices = new LinkedHashSet<>();

    synchronized boolean contains(SubscriptionId device) {
        return devices.contains(device);
    }

    synchronized void add(SubscriptionId device) {
        devices.add(device);
        if (devices.size() > MOST) {
            devices.remove(devices.iterator().next());
        }
    }

    synchronized void remove(SubscriptionId device) {
        devices.remove(device);
    }
}
