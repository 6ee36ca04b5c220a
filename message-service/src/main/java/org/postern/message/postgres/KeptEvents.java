package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.postern.events.Event;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.message.outbox.PendingEvent;

/** Keeps events with what they are about, and has them told once that is committed. */
public final class KeptEvents {
    private final EventCodec codec;
    private final Clock clock;
    private final Consumer<List<PendingEvent>> committed;

    /** @param committed hears of events as soon as they are committed; must not block */
    public KeptEvents(EventCodec codec, Clock clock, Consumer<List<PendingEvent>> committed) {
        this.codec = codec;
        this.clock = clock;
        this.committed = committed;
    }

    PendingEvent keep(Connection connection, Event event, TraceContext trace) throws SQLException {
        return keep(connection, event, codec.encode(event, trace));
    }

    PendingEvent keep(Connection connection, Event event, EncodedEvent encoded) throws SQLException {
        return OutboxRows.keep(connection, event, encoded, clock.instant());
    }

    void tell(List<PendingEvent> events) {
        if (!events.isEmpty()) {
            committed.accept(events);
        }
    }
}
