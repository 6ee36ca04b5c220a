package org.postern.edge.kafka;

import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/**
 * Where records go that cannot be handled, however often they are tried: {@code <topic>.dlq}, with their key, value and
 * headers, and a header that says why.
 */
@ApplicationScoped
public class DeadLetters {
    /** The channel a service configures to use this: {@code mp.messaging.outgoing.dead-letters}. */
    public static final String CHANNEL = "dead-letters";

    /** The header that says why. */
    public static final String REASON = "dlq_reason";

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final MutinyEmitter<byte[]> emitter;

    DeadLetters(@Channel(CHANNEL) MutinyEmitter<byte[]> emitter) {
        this.emitter = emitter;
    }

    /**
     * Sends a record to the dead letters of its topic and waits until the broker has it. Blocks.
     *
     * @param message the record as it came in
     * @param reason why, in a few words and without anything of its content
     */
    public void send(Message<byte[]> message, String reason) {
        IncomingKafkaRecordMetadata<?, ?> record = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalArgumentException("the message did not come from Kafka"));
        Headers headers = new RecordHeaders(record.getHeaders().toArray());
        headers.remove(REASON);
        headers.add(REASON, reason.getBytes(StandardCharsets.UTF_8));
        OutgoingKafkaRecordMetadata<Object> metadata = OutgoingKafkaRecordMetadata.<Object>builder()
                .withTopic(record.getTopic() + ".dlq")
                .withKey(record.getKey())
                .withHeaders(headers)
                .build();
        emitter.sendMessage(Message.of(message.getPayload(), Metadata.of(metadata)))
                .await()
                .atMost(LONGEST_WAIT);
        LOG.warnf("a record of %s went to the dead letters: %s", record.getTopic(), reason);
    }
}
