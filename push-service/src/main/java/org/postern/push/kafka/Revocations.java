package org.postern.push.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.postern.edge.kafka.EventRecords;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.identity.IdentityRevoked;
import org.postern.push.stream.LiveStreams;

/**
 * Ends the streams of who was logged out or locked out, at once. Each replica hears of every revocation from when it
 * began: whoever was revoked before does not get past the gateway.
 */
@ApplicationScoped
public class Revocations {
    private static final Logger LOG = Logger.getLogger(Revocations.class);

    private final EventCodec codec;
    private final LiveStreams streams;

    Revocations(EventCodec codec, LiveStreams streams) {
        this.codec = codec;
        this.streams = streams;
    }

    /** Cuts what one revocation is about. */
    @Incoming("identity-revoked")
    public CompletionStage<Void> cut(Message<byte[]> record) {
        try {
            streams.cut(
                    EventRecords.incoming(codec, IdentityRevoked.class, record).event());
        } catch (UnreadableEventException e) {
            // The gateway sets it aside. Streams end with their tokens all the same.
            LOG.warn("a revocation could not be read");
        }
        return record.ack();
    }
}
