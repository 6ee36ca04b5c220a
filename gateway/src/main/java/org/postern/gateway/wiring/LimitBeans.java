package org.postern.gateway.wiring;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postern.events.MalformedValueException;
import org.postern.events.RecipientHashKey;
import org.postern.gateway.config.GatewayConfig;
import org.postern.gateway.config.RecipientsConfig;
import org.postern.gateway.limit.Quota;
import org.postern.gateway.limit.Quotas;
import org.postern.gateway.limit.redis.RedisBuckets;
import org.postern.gateway.limit.redis.RedisPlace;

/** The quotas of callers, and, where that is wanted, the Redis that replicas share them by. */
@ApplicationScoped
public class LimitBeans {
    private static final String KEY_FILE = "postern.recipients.key-file";

    private final Vertx vertx;
    private final GatewayConfig config;
    private final RecipientsConfig recipients;
    private final MeterRegistry meters;
    private @Nullable RedisBuckets shared;

    LimitBeans(Vertx vertx, GatewayConfig config, RecipientsConfig recipients, MeterRegistry meters) {
        this.vertx = vertx;
        this.config = config;
        this.recipients = recipients;
        this.meters = meters;
    }

    /**
     * The quotas.
     *
     * @throws IllegalArgumentException where the settings cannot be used; it names the one that cannot
     */
    Quotas quotas() {
        GatewayConfig.Limits limits = config.limits();
        shared = limits.shared()
                .redis()
                .map(address -> shared(address, limits.shared()))
                .orElse(null);
        return new Quotas(
                Quota.of(limits.perCaller()),
                quotas(limits.perTenant()),
                quotas(limits.perWholeTenant()),
                quotas(limits.perRoute()),
                Quota.of(limits.badTokens()),
                Quota.of(limits.signed()),
                shared);
    }

    private static Map<String, Quota> quotas(Map<String, String> texts) {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Quota.of(entry.getValue())));
    }

    private RedisBuckets shared(String address, GatewayConfig.Shared settings) {
        RedisPlace place = RedisPlace.of(address, settings.passwordFile(), settings.trustFile());
        RedisBuckets buckets = new RedisBuckets(vertx, place, settings.timeLimit(), key());
        FunctionCounter.builder("postern.gateway.limits.alone", buckets, RedisBuckets::alone)
                .description("Quotas that this replica counted by itself, since Redis was away or too slow")
                .register(meters);
        buckets.open();
        return buckets;
    }

    private RecipientHashKey key() {
        Path file = recipients
                .keyFile()
                .orElseThrow(() -> new IllegalArgumentException(KEY_FILE
                        + " is needed where postern.gateway.limits.shared.redis is set: callers are hashed with it"));
        try {
            return RecipientHashKey.ofBase64(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalArgumentException(KEY_FILE + " cannot be read: " + file, e);
        } catch (MalformedValueException e) {
            throw new IllegalArgumentException(KEY_FILE + " holds no key: " + e.getMessage(), e);
        }
    }

    void end(@Observes ShutdownEvent event) {
        if (shared != null) {
            shared.close();
        }
    }
}
