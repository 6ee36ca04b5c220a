package org.postern.push.kafka;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.postern.edge.kafka.DeadLetters;
import org.postern.edge.kafka.EventRecords;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.push.StateChanged;
import org.postern.push.AccountStates;
import org.postern.push.Spreads;
import org.postern.push.TypeStates;
import org.postern.push.config.DeliveryConfig;

/**
 * Gives each change to the devices that want it. In order, one record after the other: of two changes of an account the
 * newer has to be the one that stays.
 */
@ApplicationScoped
public class StateChanges {
    private final EventCodec codec;
    private final AccountStates states;
    private final RecordLoop loop;
    private final Spreads spreads;
    private final Clock clock;
    private final Duration window;

    StateChanges(
            EventCodec codec,
            AccountStates states,
            DeadLetters deadLetters,
            Spreads spreads,
            Clock clock,
            DeliveryConfig config) {
        this.codec = codec;
        this.states = states;
        this.loop = new RecordLoop(deadLetters);
        this.spreads = spreads;
        this.clock = clock;
        this.window = config.window();
    }

    /** Spreads one change. Acknowledged when it is in the database for every device. */
    @Incoming("state-changed")
    @Blocking
    public CompletionStage<Void> spread(Message<byte[]> record) {
        return loop.run(record, this::handle);
    }

    private void handle(Message<byte[]> record) throws UnreadableEventException {
        StateChanged change = read(codec, record);
        int devices = states.spread(change, position(record), window, clock.instant());
        spreads.spread(devices, Duration.between(change.at(), clock.instant()));
    }

    /** Where a record stands among those of its account, which are all in one partition. */
    static long position(Message<byte[]> record) {
        return record.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("a record of Kafka has an offset"))
                .getOffset();
    }

    /** A change whose types and states may leave us. */
    static StateChanged read(EventCodec codec, Message<byte[]> record) throws UnreadableEventException {
        StateChanged change =
                EventRecords.incoming(codec, StateChanged.class, record).event();
        try {
            return new StateChanged(
                    change.tenant(), change.account(), new TypeStates(change.changed()).states(), change.at());
        } catch (IllegalArgumentException e) {
            throw new UnreadableEventException("types or states that may not leave", null);
        }
    }
}
