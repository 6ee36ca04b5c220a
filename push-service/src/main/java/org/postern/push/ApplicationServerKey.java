package org.postern.push;

import java.util.List;

/**
 * The public keys that our pushes are signed with (RFC 8292), as uncompressed points of P-256 in base64url, which is how
 * {@code PushManager.subscribe} takes one.
 *
 * @param base64url the one to subscribe with from now on
 * @param older those that devices subscribed with before; their push services take pushes from no other
 */
public record ApplicationServerKey(String base64url, List<String> older) {
    public ApplicationServerKey {
        older = List.copyOf(older);
    }

    /** Whether pushes can be signed with it. */
    public boolean isOurs(String key) {
        return base64url.equals(key) || older.contains(key);
    }
}
