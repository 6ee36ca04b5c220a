package org.postern.gateway.limit;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Buckets that the replicas of the door take of together. */
public interface SharedBuckets {
    /** Begins what one request takes: all of it together keeps to one time limit. */
    Turn begin();

    /** What one request takes. */
    interface Turn {
        /**
         * Takes one of a bucket. Blocks nobody, and does not fail.
         *
         * @param what the bucket is for: a route, or nothing where it is for all of them, or a whole tenant
         * @param whose it is
         * @return what became of it, on the Vert.x context of whoever asked; empty where the buckets are away, or were too
         *     slow
         */
        CompletionStage<Optional<Quotas.Taken>> take(String what, String whose, Quota quota);
    }
}
