package org.postern.push.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.postern.events.Tenant;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;

/** The clients of this replica that listen right now, by account. */
public final class LiveStreams {
    private final Map<Key, Map<Listener, Listening>> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    /** Hears of changes. Must not block. */
    public interface Listener {
        /** An account has changed; later positions are newer. */
        void changed(StateChanged change, long position);

        /** Nothing more may be told to it. */
        void revoked();
    }

    /** Listens from now on, until the answer is run. */
    public Runnable listen(Listening who, Listener listener) {
        Key key = new Key(who.tenant(), who.account());
        listeners.compute(key, (k, others) -> {
            Map<Listener, Listening> all = others == null ? new ConcurrentHashMap<>(1) : others;
            all.put(listener, who);
            return all;
        });
        size.incrementAndGet();
        return () -> listeners.computeIfPresent(key, (k, all) -> {
            if (all.remove(listener) != null) {
                size.decrementAndGet();
            }
            return all.isEmpty() ? null : all;
        });
    }

    /** Tells those who listen to the account. */
    public void tell(StateChanged change, long position) {
        listeners
                .getOrDefault(new Key(change.tenant(), change.account()), Map.of())
                .keySet()
                .forEach(listener -> listener.changed(change, position));
    }

    /** Ends the streams that were opened by what was revoked. */
    public void cut(IdentityRevoked revoked) {
        listeners
                .values()
                .forEach(all -> all.forEach((listener, who) -> {
                    if (who.credentials().areRevokedBy(revoked)) {
                        listener.revoked();
                    }
                }));
    }

    /** How many listen. */
    public int size() {
        return size.get();
    }

    private record Key(Tenant tenant, AccountId account) {}
}
