package org.postern.message.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;
import org.postern.database.Transactions;
import org.postern.message.config.WebhookConfig;
import org.postern.message.deadletter.DeadRecords;
import org.postern.message.deadletter.Redriven;
import org.postern.message.http.WebhookEndpoint;
import org.postern.message.kafka.KafkaDeadRecords;
import org.postern.message.metrics.CountedDeliveries;
import org.postern.message.postgres.JdbcDeliveries;
import org.postern.message.postgres.JdbcRedriven;
import org.postern.message.postgres.JdbcWebhooks;
import org.postern.message.webhook.Deliveries;
import org.postern.message.webhook.DeliverySchedule;
import org.postern.message.webhook.SendDeliveries;
import org.postern.message.webhook.WebhookSecrets;
import org.postern.message.webhook.Webhooks;
import org.postern.outbound.BoundedNames;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;

/** The beans of webhooks and dead letters. */
final class WebhookBeans {
    private static final Logger LOG = Logger.getLogger(WebhookBeans.class);

    @Produces
    @Singleton
    Webhooks webhooks(Transactions transactions) {
        return new JdbcWebhooks(transactions);
    }

    @Produces
    @Singleton
    Deliveries deliveries(Transactions transactions, Clock clock) {
        return new JdbcDeliveries(transactions, clock);
    }

    @Produces
    @Singleton
    DeadRecords deadRecords(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        return new KafkaDeadRecords(broker);
    }

    @Produces
    @Singleton
    Redriven redriven(Transactions transactions) {
        return new JdbcRedriven(transactions);
    }

    @Produces
    @Singleton
    WebhookSecrets webhookSecrets(QuarantineBeans.Secret secret) {
        return new WebhookSecrets(secret.bytes());
    }

    @Produces
    @Singleton
    WebhookEndpoint webhookEndpoint(Vertx vertx, WebhookSecrets secrets, WebhookConfig config, Clock clock) {
        List<Network> allowed = config.allowedNetworks().orElse(List.of()).stream()
                .map(Network::of)
                .toList();
        if (!allowed.isEmpty()) {
            LOG.warnf(
                    "webhooks may be told in %d networks that are not of the public Internet, without TLS too",
                    allowed.size());
        }
        return new WebhookEndpoint(
                vertx,
                new OutboundGuard(new BoundedNames(NameResolver.system(), config.timeout()), allowed),
                secrets,
                config.timeout(),
                clock);
    }

    void close(@Disposes WebhookEndpoint endpoint) {
        endpoint.close();
    }

    @Produces
    @Singleton
    SendDeliveries sendDeliveries(
            Webhooks webhooks,
            Deliveries deliveries,
            WebhookEndpoint endpoint,
            MeterRegistry registry,
            @VirtualThreads ExecutorService executor,
            WebhookConfig config,
            Clock clock) {
        return new SendDeliveries(
                webhooks,
                deliveries,
                endpoint,
                new DeliverySchedule(
                        config.firstPause(), config.longestPause(), config.giveUpAfter(), config.patience()),
                new CountedDeliveries(registry),
                executor,
                config.atOnce(),
                config.timeout().plus(Duration.ofSeconds(30)),
                clock);
    }
}
