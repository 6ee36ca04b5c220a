package org.postern.scan.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.postern.edge.tracing.Tracing;
import org.postern.engine.Backoff;
import org.postern.engine.EngineSlots;
import org.postern.engine.Pause;
import org.postern.engine.TryRules;
import org.postern.events.codec.EventCodec;
import org.postern.scan.EngineProbe;
import org.postern.scan.ScanMessage;
import org.postern.scan.ScanUpload;
import org.postern.scan.Scanner;
import org.postern.scan.SizeProbe;
import org.postern.scan.clamav.ClamAvScanner;
import org.postern.scan.config.ClamdConfig;
import org.postern.scan.config.InspectionConfig;
import org.postern.scan.config.ScanConfig;
import org.postern.scan.inspection.InspectingScanner;
import org.postern.scan.inspection.Spool;
import org.postern.scan.inspection.Tools;
import org.postern.scan.metrics.DatedScanner;
import org.postern.scan.metrics.MeteredScanner;
import org.postern.scan.metrics.TracedScanner;
import org.postern.store.MessageStore;
import org.postern.store.config.ConfiguredStore;
import org.postern.store.config.StoreConfig;

/** The only place that knows every part. */
@ApplicationScoped
public class ScanBeans {
    /** The CloudEvents source of what this service tells. */
    private static final String SOURCE = "/scan-service";
    /** Between two bodies of the largest size that the engine is given where it did not take one. */
    private static final Duration SIZE_PAUSE = Duration.ofSeconds(30);

    @Produces
    @Singleton
    MessageStore store(StoreConfig config) throws IOException {
        return ConfiguredStore.open(config).store();
    }

    @Produces
    @Singleton
    EventCodec codec() {
        return new EventCodec(SOURCE, Clock.systemUTC());
    }

    @Produces
    @Singleton
    @Typed(DatedScanner.class)
    DatedScanner clamAv(Vertx vertx, ClamdConfig clamd, ScanConfig scan, MeterRegistry registry) {
        NetClient client = vertx.createNetClient(ClamAvScanner.clientOptions(clamd.connectTimeout(), scan.deadline()));
        return new DatedScanner(
                new ClamAvScanner(client, address(vertx, clamd), clamd.versionKeptFor(), clamd.versionsAgreeFor()),
                registry);
    }

    private static SocketAddress address(Vertx vertx, ClamdConfig clamd) {
        if (clamd.socket().isEmpty()) {
            return SocketAddress.inetSocketAddress(clamd.port(), clamd.host());
        }
        if (!vertx.isNativeTransportEnabled()) {
            throw new IllegalStateException(
                    "postern.clamd.socket needs Linux on x86-64 or arm64 and a folder for temporary files that code"
                            + " may be loaded from (java.io.tmpdir): without it use postern.clamd.host and"
                            + " postern.clamd.port");
        }
        return SocketAddress.domainSocketAddress(
                clamd.socket().get().toAbsolutePath().toString());
    }

    /** ClamAV and the own look inside, as one. */
    @Produces
    @Singleton
    Scanner scanner(
            DatedScanner clamAv, Tools tools, InspectionConfig config, MeterRegistry registry, Tracing tracing) {
        return new TracedScanner(
                new MeteredScanner(new InspectingScanner(clamAv, tools, config.concurrency()), registry), tracing);
    }

    @Produces
    @Singleton
    EngineSlots slots(ClamdConfig config, MeterRegistry registry) {
        EngineSlots slots = new EngineSlots(config.concurrency());
        registry.gauge("postern.scan.slots.free", slots, EngineSlots::free);
        return slots;
    }

    @Produces
    @Singleton
    EngineProbe probe(DatedScanner clamAv, ScanConfig config) {
        return new EngineProbe(clamAv, config.probe().timeout(), config.probe().keptFor());
    }

    @Produces
    @Singleton
    SizeProbe sizeProbe(DatedScanner clamAv, ScanConfig config) {
        long largest = Math.max(
                config.uploadLimit().asLongValue(), config.probe().largest().asLongValue());
        return new SizeProbe(clamAv, largest, config.deadline(), SIZE_PAUSE, Thread::startVirtualThread);
    }

    @Produces
    @Singleton
    TryRules rules(ScanConfig config) {
        return new TryRules(
                config.deadline(),
                config.tries(),
                new Backoff(config.backoff().first(), config.backoff().longest()));
    }

    @Produces
    @Singleton
    ScanMessage scanMessage(
            MessageStore store, Scanner scanner, EngineSlots slots, EngineProbe probe, Pause pause, TryRules rules) {
        return new ScanMessage(store, scanner, slots, probe, rules, pause, Clock.systemUTC());
    }

    @Produces
    @Singleton
    ScanUpload scanUpload(Scanner scanner, EngineSlots slots, Spool spool, ScanConfig config) {
        return new ScanUpload(scanner, slots, config.deadline(), spool::newFile);
    }
}
