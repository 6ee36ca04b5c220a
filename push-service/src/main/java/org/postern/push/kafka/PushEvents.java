package org.postern.push.kafka;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.postern.edge.kafka.EventRecords;
import org.postern.events.TraceContext;
import org.postern.events.codec.EventCodec;
import org.postern.events.push.PushEvent;
import org.postern.push.StateAnnouncer;

/** Tells changes of state and outcomes on Kafka. */
@ApplicationScoped
public class PushEvents implements StateAnnouncer {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(35);

    private final EventCodec codec;
    private final MutinyEmitter<String> emitter;

    PushEvents(
            EventCodec codec,
            @Channel("push-events") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<String> emitter) {
        this.codec = codec;
        this.emitter = emitter;
    }

    /** Tells one event and waits until the broker has it. */
    void publish(PushEvent event, TraceContext trace) {
        publishAll(List.of(event), trace);
    }

    @Override
    public void publishAll(Collection<? extends PushEvent> events, TraceContext trace) {
        List<Uni<Void>> sends = events.stream()
                .map(event -> emitter.sendMessage(EventRecords.outgoing(codec.encode(event, trace))))
                .toList();
        if (sends.isEmpty()) {
            return;
        }
        try {
            // Begun together and waited for together: one round trip.
            Uni.join().all(sends).andFailFast().await().atMost(LONGEST_WAIT);
        } catch (RuntimeException e) {
            throw new RecordLoop.BrokerAwayException(e);
        }
    }
}
