package org.postern.gateway.kafka;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.postern.events.codec.Topic;
import org.postern.events.identity.IdentityRevoked;
import org.postern.gateway.revocation.RevocationLog;

/** Revocations on {@code identity.revoked.v1}. */
@ApplicationScoped
public class KafkaRevocationLog implements RevocationLog {
    private static final Logger LOG = Logger.getLogger(KafkaRevocationLog.class);

    private final EventProducer producer;
    private final boolean enabled;

    KafkaRevocationLog(
            EventProducer producer,
            @ConfigProperty(name = "postern.identity.revocations.enabled", defaultValue = "false") boolean enabled) {
        this.producer = producer;
        this.enabled = enabled;
    }

    /** Gets to know the topic before somebody logs out, who would wait for it. */
    void start(@Observes StartupEvent event) {
        if (enabled) {
            Thread.startVirtualThread(() -> {
                try {
                    producer.prepare(Topic.IDENTITY_REVOKED);
                } catch (KafkaException e) {
                    LOG.infof("Kafka does not answer yet: %s", e.getClass().getSimpleName());
                }
            });
        }
    }

    @Override
    public CompletionStage<Void> append(IdentityRevoked revoked) {
        return producer.send(revoked);
    }
}
