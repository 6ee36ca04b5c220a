package org.postern.gateway.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.postern.events.mail.MailAudit;
import org.postern.gateway.audit.AuditLog;

/** Audit events on {@code mail.audit.v1}. One that Kafka does not take within five seconds is lost, and counted. */
@ApplicationScoped
public class KafkaAuditLog implements AuditLog {
    private static final Logger LOG = Logger.getLogger(KafkaAuditLog.class);

    private final EventProducer producer;
    private final boolean enabled;
    private final Counter lost;

    KafkaAuditLog(
            EventProducer producer,
            @ConfigProperty(name = "postern.identity.revocations.enabled", defaultValue = "false") boolean enabled,
            MeterRegistry meters) {
        this.producer = producer;
        this.enabled = enabled;
        this.lost = Counter.builder("postern.gateway.audit.lost")
                .description("Audit events that Kafka did not take")
                .register(meters);
    }

    @Override
    public void append(MailAudit event) {
        if (!enabled) {
            return;
        }
        producer.send(event).whenComplete((done, failure) -> {
            if (failure != null) {
                lost.increment();
                LOG.warnf("an audit event is lost: %s", failure.getClass().getSimpleName());
            }
        });
    }
}
