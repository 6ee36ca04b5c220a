package org.postern.edge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.ReceivedEvent;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.mail.MailScanned;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;

class EventRecordsTest {
    private static final StateChanged EVENT = new StateChanged(
            Tenant.DEFAULT, AccountId.of("a"), Map.of("Email", "s1"), Instant.parse("2026-01-01T00:00:00Z"));

    private final EventCodec codec = new EventCodec("/test", Clock.systemUTC());

    @Test
    void anEventIsTheSameOnTheOtherSide() throws UnreadableEventException {
        TraceContext trace = TraceContext.start();
        Message<String> sent = EventRecords.outgoing(codec.encode(EVENT, trace));
        OutgoingKafkaRecordMetadata<?> to =
                sent.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
        assertThat(to.getTopic()).isEqualTo("push.state-changed.v1");
        assertThat(to.getKey()).isEqualTo("a");

        ReceivedEvent<StateChanged> received = EventRecords.incoming(codec, StateChanged.class, received(sent));

        assertThat(received.event()).isEqualTo(EVENT);
        assertThat(received.id()).isEqualTo(EVENT.id());
        assertThat(received.trace().traceId()).isEqualTo(trace.traceId());
    }

    @Test
    void anEventOfAnotherTypeIsUnreadable() {
        Message<String> sent = EventRecords.outgoing(codec.encode(EVENT, TraceContext.start()));
        assertThatThrownBy(() -> EventRecords.incoming(codec, MailScanned.class, received(sent)))
                .isInstanceOf(UnreadableEventException.class);
    }

    private static Message<byte[]> received(Message<String> sent) {
        OutgoingKafkaRecordMetadata<?> to =
                sent.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
        byte[] value = sent.getPayload().getBytes(StandardCharsets.UTF_8);
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(to.getTopic(), 0, 0, String.valueOf(to.getKey()), value);
        to.getHeaders().forEach(header -> record.headers().add(header));
        return Message.of(value, Metadata.of(new IncomingKafkaRecordMetadata<>(record, "channel")));
    }
}
