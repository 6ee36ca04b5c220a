package org.postern.push.kafka;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.postern.edge.kafka.DeadLetters;
import org.postern.edge.kafka.EventRecords;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.UnreadableEventException;
import org.postern.events.identity.IdentityRevoked;
import org.postern.push.subscription.Subscriptions;

/**
 * Deletes the subscriptions of who was logged out or locked out: a device is told nothing after what it subscribed with was
 * revoked (RFC 8620, section 7.2). One group for all replicas, so that a revocation which comes while none runs is not missed.
 */
@ApplicationScoped
public class RevokedSubscriptions {
    private static final Logger LOG = Logger.getLogger(RevokedSubscriptions.class);

    private final EventCodec codec;
    private final Subscriptions subscriptions;
    private final RecordLoop loop;

    RevokedSubscriptions(EventCodec codec, Subscriptions subscriptions, DeadLetters deadLetters) {
        this.codec = codec;
        this.subscriptions = subscriptions;
        this.loop = new RecordLoop(deadLetters);
    }

    /** Deletes what one revocation is about. Acknowledged when that is done. */
    @Incoming("revoked-subscriptions")
    @RunOnVirtualThread
    public CompletionStage<Void> delete(Message<byte[]> record) {
        return loop.run(record, this::handle);
    }

    private void handle(Message<byte[]> record) {
        try {
            int deleted = subscriptions.revoke(
                    EventRecords.incoming(codec, IdentityRevoked.class, record).event());
            if (deleted > 0) {
                LOG.infof("deleted %d subscriptions whose credentials were revoked", deleted);
            }
        } catch (UnreadableEventException e) {
            // One that was forgotten, or one that the gateway sets aside.
            LOG.debug("a revocation could not be read");
        }
    }
}
