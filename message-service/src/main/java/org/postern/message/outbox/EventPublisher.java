package org.postern.message.outbox;

import java.util.concurrent.CompletableFuture;
import org.postern.events.codec.EncodedEvent;

/** Tells events. */
public interface EventPublisher {
    /**
     * Tells an event. The future completes when every replica of the broker that has to has it, and fails when that did
     * not happen in the time configured; after that it is not tried any more. May block for a part of that time.
     */
    CompletableFuture<Void> publish(EncodedEvent event);
}
