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
import org.postern.events.codec.EventCodec;
import org.postern.scan.Backoff;
import org.postern.scan.EngineProbe;
import org.postern.scan.EngineSlots;
import org.postern.scan.Pause;
import org.postern.scan.ScanMessage;
import org.postern.scan.ScanRules;
import org.postern.scan.ScanUpload;
import org.postern.scan.Scanner;
import org.postern.scan.SizeProbe;
import org.postern.scan.clamav.ClamAvScanner;
import org.postern.scan.config.ClamdConfig;
import org.postern.scan.config.InspectionConfig;
import org.postern.scan.config.ScanConfig;
import org.postern.scan.config.StoreConfig;
import org.postern.scan.inspection.InspectingScanner;
import org.postern.scan.inspection.Spool;
import org.postern.scan.inspection.Tools;
import org.postern.scan.metrics.DatedScanner;
import org.postern.scan.metrics.MeteredScanner;
import org.postern.store.MessageStore;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemMessageStore;

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
        return new FilesystemMessageStore(config.root(), StoreKey.ofFile(config.keyFile()));
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
        SocketAddress address = SocketAddress.inetSocketAddress(clamd.port(), clamd.host());
        return new DatedScanner(new ClamAvScanner(client, address, clamd.versionKeptFor()), registry);
    }

    /** ClamAV and the own look inside, as one. */
    @Produces
    @Singleton
    Scanner scanner(DatedScanner clamAv, Tools tools, InspectionConfig config, MeterRegistry registry) {
        return new MeteredScanner(new InspectingScanner(clamAv, tools, config.concurrency()), registry);
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
    ScanMessage scanMessage(
            MessageStore store, Scanner scanner, EngineSlots slots, EngineProbe probe, Pause pause, ScanConfig config) {
        ScanRules rules = new ScanRules(
                config.deadline(),
                config.tries(),
                new Backoff(config.backoff().first(), config.backoff().longest()));
        return new ScanMessage(store, scanner, slots, probe, rules, pause, Clock.systemUTC());
    }

    @Produces
    @Singleton
    ScanUpload scanUpload(Scanner scanner, EngineSlots slots, Spool spool, ScanConfig config) {
        return new ScanUpload(scanner, slots, config.deadline(), spool::newFile);
    }
}
