package org.postern.message.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.postern.message.config.MilterConfig;
import org.postern.message.desk.DeskTerms;
import org.postern.message.desk.JudgementDesk;
import org.postern.message.metrics.PortMetrics;
import org.postern.message.milter.MilterServer;
import org.postern.message.milter.MilterTerms;
import org.postern.message.stamp.Stamps;

/** Listens for mail servers that speak milter while the service runs. */
@Startup
@ApplicationScoped
class MilterListener {
    private final JudgementDesk desk;
    private final DeskTerms terms;
    private final Stamps stamps;
    private final MilterConfig config;
    private final PortMetrics metrics;
    private @Nullable MilterServer server;

    MilterListener(JudgementDesk desk, DeskTerms terms, Stamps stamps, MilterConfig config, MeterRegistry registry) {
        this.desk = desk;
        this.terms = terms;
        this.stamps = stamps;
        this.config = config;
        this.metrics = PortMetrics.ofMilter(registry);
    }

    @PostConstruct
    void listen() {
        if (!config.enabled()) {
            return;
        }
        server = MilterServer.listen(
                new InetSocketAddress(config.host(), config.port()),
                desk,
                stamps,
                new MilterTerms(terms, config.quarantine() == MilterConfig.Quarantine.HOLD, config.idleTimeout()),
                DeskBeans.networks(config.allowedNetworks()),
                config.mostConnections(),
                metrics);
    }

    @PreDestroy
    void close() {
        if (server != null) {
            server.close();
        }
    }
}
