package org.postern.push.firebase;

import java.time.Duration;

/**
 * How pushes are handed to Firebase.
 *
 * @param dryRun whether Firebase only checks them
 * @param timeToLive for how long Firebase keeps a push for a device that is away; 28 days at most
 * @param timeout how long a chunk may take, with what the SDK tries again by itself
 * @param chunk how many pushes of one moment are sent by one call; 1 to 500
 */
public record FirebaseTerms(boolean dryRun, Duration timeToLive, Duration timeout, int chunk) {
    /** What {@code sendEach} takes. */
    private static final int MOST_AT_ONCE = 500;

    public FirebaseTerms {
        if (chunk < 1 || chunk > MOST_AT_ONCE) {
            throw new IllegalArgumentException("postern.firebase.chunk must be 1 to 500");
        }
    }
}
