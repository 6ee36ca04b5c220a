package org.postern.spam.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postern.spam.analysis.Acquaintances;
import org.postern.spam.config.HistoryConfig;
import org.postern.spam.phishing.tables.TableFiles;
import org.postern.spam.postgres.ContactHashes;
import org.postern.spam.postgres.JdbcContactHistory;
import org.postern.spam.postgres.SpamDatabase;

/** What is remembered of senders. */
@ApplicationScoped
public class HistoryBeans {
    private static final Logger LOG = Logger.getLogger(HistoryBeans.class);

    /** The history, where one is kept. */
    record KeptHistory(Optional<JdbcContactHistory> contacts) {}

    @Produces
    @Singleton
    KeptHistory history(HistoryConfig config, SpamDatabase database) throws IOException {
        if (config.keyFile().isEmpty()) {
            LOG.info("no postern.history.key-file: senders are not remembered, so none is called new");
            return new KeptHistory(Optional.empty());
        }
        Path key = config.keyFile().get();
        return new KeptHistory(Optional.of(new JdbcContactHistory(
                database,
                ContactHashes.ofBase64(Files.readString(key)),
                new JdbcContactHistory.Limits(config.youngFor(), config.nameWithin(), config.keptFor(), config.most()),
                Clock.systemUTC())));
    }

    @Produces
    @Singleton
    Acquaintances acquaintances(KeptHistory history) {
        return new Acquaintances(history.contacts().orElse(null), TableFiles.bundled());
    }
}
