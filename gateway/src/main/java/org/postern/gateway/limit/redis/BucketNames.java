package org.postern.gateway.limit.redis;

import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.gateway.limit.Quota;

/**
 * What buckets are called in Redis: a keyed hash, so that whoever reads it learns nobody's name, nor finds somebody by
 * guessing. With another quota a bucket has another name: replicas that differ in their settings do not spoil each other's.
 */
final class BucketNames {
    static final String PREFIX = "postern:limit:";

    private final RecipientHashKey key;

    BucketNames(RecipientHashKey key) {
        this.key = key;
    }

    String name(String what, String whose, Quota quota) {
        // The first line keeps the hash apart from those in events.
        String text = "postern limit\n" + quota.requests() + "/" + quota.window() + "\n" + what + "\n" + whose;
        return PREFIX + key.hashSubject(Tenant.DEFAULT, text).value();
    }
}
