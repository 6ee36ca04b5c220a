package org.postern.gateway.revocation;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postern.gateway.token.LogoutToken;

/**
 * The logout tokens that were acted on, so that none is taken twice. Each replica remembers its own: a copy that is taken
 * by another one revokes what is revoked already, up to the same moment, and changes nothing.
 */
public final class SeenLogouts {
    private static final int MOST = 100_000;

    private final Clock clock;
    private final Map<Name, Instant> seen = new LinkedHashMap<>();

    private record Name(String issuer, String id) {}

    public SeenLogouts(Clock clock) {
        this.clock = clock;
    }

    /** Whether it was acted on before. */
    public synchronized boolean contains(LogoutToken token) {
        return seen.containsKey(new Name(token.issuer(), token.id()));
    }

    /** Remembers it for as long as it would be taken. */
    public synchronized void add(LogoutToken token) {
        Instant now = clock.instant();
        seen.values().removeIf(until -> until.isBefore(now));
        if (seen.size() >= MOST) {
            seen.remove(seen.keySet().iterator().next());
        }
        // Whatever its exp says, it is too old an hour after it was issued.
        seen.put(new Name(token.issuer(), token.id()), token.issuedAt().plusSeconds(3_600));
    }
}
