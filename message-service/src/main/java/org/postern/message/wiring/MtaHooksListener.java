package org.postern.message.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.postern.message.config.IntakeConfig;
import org.postern.message.config.MtaHooksConfig;
import org.postern.message.desk.DeskTerms;
import org.postern.message.desk.JudgementDesk;
import org.postern.message.metrics.PortMetrics;
import org.postern.message.mtahooks.HookSecret;
import org.postern.message.mtahooks.MtaHooksServer;
import org.postern.message.mtahooks.MtaHooksTerms;
import org.postern.message.stamp.Stamps;

/** Listens for mail servers that speak MTA Hooks while the service runs. */
@Startup
@ApplicationScoped
class MtaHooksListener {
    private final Vertx vertx;
    private final JudgementDesk desk;
    private final DeskTerms terms;
    private final Stamps stamps;
    private final MtaHooksConfig config;
    private final IntakeConfig intake;
    private final PortMetrics metrics;
    private @Nullable MtaHooksServer server;

    MtaHooksListener(
            Vertx vertx,
            JudgementDesk desk,
            DeskTerms terms,
            Stamps stamps,
            MtaHooksConfig config,
            IntakeConfig intake,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.desk = desk;
        this.terms = terms;
        this.stamps = stamps;
        this.config = config;
        this.intake = intake;
        this.metrics = PortMetrics.ofMtaHooks(registry);
    }

    @PostConstruct
    void listen() throws IOException {
        if (!config.enabled()) {
            return;
        }
        server = MtaHooksServer.listen(
                vertx, new InetSocketAddress(config.host(), config.port()), desk, stamps, terms(), metrics);
    }

    private MtaHooksTerms terms() throws IOException {
        // Nobody is let in without: the networks alone are not enough where a proxy stands in front.
        Path secret = config.secretFile()
                .orElseThrow(() -> new IllegalStateException(
                        "postern.mta-hooks.enabled needs a secret: set postern.mta-hooks.secret-file"));
        if (config.idleTimeout().compareTo(intake.deadline()) <= 0) {
            throw new IllegalStateException(
                    "postern.mta-hooks.idle-timeout must be longer than postern.intake.deadline");
        }
        return new MtaHooksTerms(
                terms,
                HookSecret.read(secret),
                DeskBeans.networks(config.allowedNetworks()),
                config.mostConnections(),
                config.idleTimeout(),
                config.bodyTimeout(),
                MtaHooksTerms.mostBytes(
                        intake.messageLimit().asLongValue(),
                        intake.headerBlockLimit().asLongValue()));
    }

    @PreDestroy
    void close() {
        if (server != null) {
            server.close();
        }
    }
}
