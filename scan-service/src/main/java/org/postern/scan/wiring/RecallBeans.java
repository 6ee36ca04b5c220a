package org.postern.scan.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postern.database.Away;
import org.postern.database.Transactions;
import org.postern.engine.EngineSlots;
import org.postern.engine.TryRules;
import org.postern.scan.EngineProbe;
import org.postern.scan.Scanner;
import org.postern.scan.config.ClamdConfig;
import org.postern.scan.config.RecallConfig;
import org.postern.scan.metrics.MeteredRuns;
import org.postern.scan.postgres.JdbcRecallRuns;
import org.postern.scan.postgres.JdbcScanMemory;
import org.postern.scan.recall.MemoryAwayException;
import org.postern.scan.recall.RecallRuns;
import org.postern.scan.recall.RescanMail;
import org.postern.scan.recall.ScanMemory;
import org.postern.scan.recall.WatchSignatures;
import org.postern.store.MessageStore;

/** The parts of scanning again. */
@ApplicationScoped
public class RecallBeans {
    @Produces
    @Singleton
    Transactions transactions(DataSource dataSource, Flyway flyway) {
        return new Transactions(dataSource, flyway::migrate, Away.of(MemoryAwayException::new));
    }

    @Produces
    @Singleton
    ScanMemory memory(Transactions transactions) {
        return new JdbcScanMemory(transactions);
    }

    @Produces
    @Singleton
    RecallRuns runs(Transactions transactions, MeterRegistry registry) {
        return new MeteredRuns(new JdbcRecallRuns(transactions), registry, Clock.systemUTC());
    }

    @Produces
    @Singleton
    RescanMail rescanMail(MessageStore store, Scanner scanner, EngineSlots slots, ScanMemory memory, TryRules rules) {
        return new RescanMail(store, scanner, slots, memory, rules, Clock.systemUTC());
    }

    @Produces
    @Singleton
    WatchSignatures watch(EngineProbe probe, RecallRuns runs, RecallConfig recall, ClamdConfig clamd) {
        return new WatchSignatures(
                probe,
                runs,
                recall.window(),
                // The slowest replica notices after a look and as long as its answers have to agree.
                recall.lookEvery().plus(clamd.versionsAgreeFor()).plus(clamd.versionKeptFor()),
                Clock.systemUTC());
    }
}
