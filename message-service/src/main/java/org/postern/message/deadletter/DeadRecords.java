package org.postern.message.deadletter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.events.codec.Topic;

/** The dead letters of the suite's topics. Blocks, and throws {@code BrokerUnavailableException} when the broker is away. */
public interface DeadRecords {
    /** How many records each topic has among its dead letters; topics without any are left out. */
    Map<Topic, Long> counts();

    /**
     * Records, by partition and then the oldest first.
     *
     * @param after only those behind this place; null for the first
     */
    List<DeadRecord> read(Topic topic, DeadRecord.@Nullable Place after, int most);

    /** One record. */
    Optional<DeadRecord> find(Topic topic, DeadRecord.Place place);

    /**
     * Puts a record back where it came from, as it was, without the reason.
     *
     * @return whether it is still there
     */
    boolean redrive(Topic topic, DeadRecord.Place place);
}
