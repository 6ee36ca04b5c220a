package org.postern.push.stream;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;

/** The clients of this replica that listen right now, by account. */
public final class LiveStreams {
    private final Map<Key, Set<Listener>> listeners = new ConcurrentHashMap<>();

    /** Hears of changes. */
    @FunctionalInterface
    public interface Listener {
        /** An account has changed. Must not block. */
        void changed(StateChanged change);
    }

    /** Listens from now on, until the answer is run. */
    public Runnable listen(Tenant tenant, AccountId account, Listener listener) {
        Key key = new Key(tenant, account);
        listeners.compute(key, (k, others) -> {
            Set<Listener> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(listener);
            return all;
        });
        return () -> listeners.computeIfPresent(key, (k, all) -> {
            all.remove(listener);
            return all.isEmpty() ? null : all;
        });
    }

    /** Tells those who listen to the account. */
    public void tell(StateChanged change) {
        listeners
                .getOrDefault(new Key(change.tenant(), change.account()), Set.of())
                .forEach(listener -> listener.changed(change));
    }

    /** How many listen. */
    public int size() {
        return listeners.values().stream().mapToInt(Set::size).sum();
    }

    private record Key(Tenant tenant, AccountId account) {}
}
