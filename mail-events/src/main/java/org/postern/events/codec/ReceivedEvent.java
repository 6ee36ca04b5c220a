package org.postern.events.codec;

import org.postern.events.Event;
import org.postern.events.EventId;
import org.postern.events.TraceContext;

/**
 * An event read from Kafka.
 *
 * @param id the id in its headers
 * @param trace the trace it belongs to; one that starts here where it brought none
 */
public record ReceivedEvent<E extends Event>(EventId id, TraceContext trace, E event) {}
