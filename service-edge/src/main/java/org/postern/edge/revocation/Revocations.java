package org.postern.edge.revocation;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.identity.RevokedIdentity;

/**
 * What has been revoked, as far as this replica has heard. An entry is kept until no token lives any more that it is
 * about. Adding one twice, or in another order, comes to the same. Safe for use by many threads.
 */
@Singleton
public class Revocations {
    private final Clock clock;
    private final Map<RevokedIdentity, IdentityRevoked> entries = new ConcurrentHashMap<>();
    private final List<Consumer<IdentityRevoked>> listeners = new CopyOnWriteArrayList<>();

    public Revocations() {
        this(Clock.systemUTC());
    }

    Revocations(Clock clock) {
        this.clock = clock;
    }

    /** Whether a token is good no longer. */
    public boolean refuse(TokenIdentities token) {
        if (entries.isEmpty()) {
            return false;
        }
        for (RevokedIdentity identity : token.identities()) {
            IdentityRevoked revoked = entries.get(identity);
            if (revoked != null && revoked.refuses(token.issuedAt())) {
                return true;
            }
        }
        return false;
    }

    /** Learns of a revocation. Listeners hear of it where it says something new. */
    public void add(IdentityRevoked revoked) {
        if (revoked.expires().isBefore(clock.instant())) {
            return;
        }
        IdentityRevoked before = entries.get(revoked.identity());
        IdentityRevoked after = entries.merge(revoked.identity(), revoked, Revocations::wider);
        if (!after.equals(before)) {
            listeners.forEach(listener -> listener.accept(after));
        }
    }

    /** Of two about one identity, what both say together. */
    static IdentityRevoked wider(IdentityRevoked one, IdentityRevoked other) {
        Instant until = later(one.issuedUntil(), other.issuedUntil());
        Instant expires = later(one.expires(), other.expires());
        return new IdentityRevoked(other.tenant(), other.scope(), other.identity(), until, expires);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Calls a listener, on the thread that adds, for each revocation from now on. It must not block. */
    public void onRevoked(Consumer<IdentityRevoked> listener) {
        listeners.add(listener);
    }

    /** Forgets what nobody can present any more. */
    public void forgetExpired() {
        Instant now = clock.instant();
        entries.values().removeIf(revoked -> revoked.expires().isBefore(now));
    }

    /** How many are known. */
    public int size() {
        return entries.size();
    }
}
