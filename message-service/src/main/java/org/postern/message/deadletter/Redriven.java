package org.postern.message.deadletter;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.postern.events.codec.Topic;

/** Which dead letters were put back: they stay where they are until their time is over. Blocks. */
public interface Redriven {
    /** When those of the places were put back that were. */
    Map<DeadRecord.Place, Instant> among(Topic topic, Collection<DeadRecord.Place> places);

    /** One was put back. */
    void note(Topic topic, DeadRecord.Place place, Instant at);

    /** Forgets what was put back before that. */
    void forget(Instant before);
}
