package org.postern.message.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.message.AwaitJudgement;
import org.postern.message.HandOver;
import org.postern.message.ReceiveFromMailServer;
import org.postern.message.config.IntakeConfig;
import org.postern.message.config.MilterConfig;
import org.postern.message.milter.JudgementDesk;
import org.postern.message.milter.MilterMetrics;
import org.postern.message.milter.MilterServer;
import org.postern.message.milter.MilterTerms;
import org.postern.message.stamp.Stamps;
import org.postern.outbound.Network;

/** Listens for mail servers while the service runs. */
@Startup
@ApplicationScoped
class MilterListener {
    private final JudgementDesk desk;
    private final MilterConfig config;
    private final IntakeConfig intake;
    private final MilterMetrics metrics;
    private @Nullable MilterServer server;

    MilterListener(
            ReceiveFromMailServer receive,
            AwaitJudgement await,
            HandOver handOver,
            @VirtualThreads ExecutorService executor,
            MilterConfig config,
            IntakeConfig intake,
            MeterRegistry registry) {
        this.desk = new JudgementDesk(receive, await, handOver, executor, intake.deadline());
        this.config = config;
        this.intake = intake;
        this.metrics = new MilterMetrics(registry);
    }

    @PostConstruct
    void listen() {
        if (!config.enabled()) {
            return;
        }
        MilterTerms terms = new MilterTerms(
                Tenant.of(config.tenant()),
                config.authservId(),
                config.shadow(),
                config.quarantine() == MilterConfig.Quarantine.HOLD,
                networks(config.outboundNetworks().orElse(List.of())),
                intake.deadline(),
                config.idleTimeout(),
                intake.headerBlockLimit().asLongValue(),
                intake.recipientLimit());
        server = MilterServer.listen(
                new InetSocketAddress(config.host(), config.port()),
                desk,
                new Stamps(config.authservId(), config.twakeBanner()),
                terms,
                networks(config.allowedNetworks()),
                config.mostConnections(),
                metrics);
    }

    private static List<Network> networks(List<String> texts) {
        return texts.stream().map(Network::of).toList();
    }

    @PreDestroy
    void close() {
        if (server != null) {
            server.close();
        }
    }
}
