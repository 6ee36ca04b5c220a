package org.postern.push;

import java.util.Collection;
import org.postern.events.TraceContext;
import org.postern.events.push.PushEvent;

/** Tells what happened to whoever wants to know. */
public interface StateAnnouncer {
    /**
     * Tells events and waits until they cannot be lost any more. Blocks.
     *
     * @throws RuntimeException where not all of them could be told; telling them again does no harm
     */
    void publishAll(Collection<? extends PushEvent> events, TraceContext trace);
}
