package org.postern.message.wiring;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.postern.database.Transactions;
import org.postern.events.RecipientHashKey;
import org.postern.events.codec.EventCodec;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.kafka.TopicReplay;
import org.postern.message.postgres.RebuiltRows;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Writes the rows that follow from Kafka anew, for an administrator whose database was lost or restored from an old
 * backup. Reads the same environment as the service, which must not run meanwhile: it would judge what is half there.
 */
public final class Rebuild {
    private static final int USAGE = 2;
    private static final String KAFKA = "KAFKA_";

    private Rebuild() {}

    /** Ends with 0 when all was read, with 1 when a part was away before, and with 2 when it could not begin. */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), System.out, System.err));
    }

    static int run(Map<String, String> environment, PrintStream out, PrintStream errors) {
        try {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(needed(environment, "QUARKUS_DATASOURCE_JDBC_URL"));
            database.setUser(needed(environment, "QUARKUS_DATASOURCE_USERNAME"));
            database.setPassword(environment.getOrDefault("QUARKUS_DATASOURCE_PASSWORD", ""));
            RecipientHashKey hashKey = RecipientHashKey.ofBase64(Files.readString(
                    Path.of(needed(environment, "POSTERN_RECIPIENTS_KEY_FILE")), StandardCharsets.US_ASCII));
            needed(environment, "KAFKA_BOOTSTRAP_SERVERS");
            Map<String, Object> broker = broker(environment);
            if (TopicReplay.isServiceRunning(broker)) {
                errors.println("cannot rebuild: a message-service runs; stop every replica first");
                return USAGE;
            }
            Flyway.configure()
                    .dataSource(database)
                    .schemas("message")
                    .createSchemas(true)
                    .load()
                    .migrate();
            RebuiltRows rows = new RebuiltRows(new Transactions(database, LedgerUnavailableException::new), hashKey);
            new TopicReplay(broker, new EventCodec("/message-service", Clock.systemUTC()), rows)
                    .run((topic, counts) -> out.printf(
                            "%-22s %8d records, %8d written, %d unreadable%n",
                            topic, counts.read(), counts.written(), counts.unreadable()));
            return 0;
        } catch (IllegalArgumentException | IOException e) {
            errors.println("cannot rebuild: " + e.getMessage());
            return USAGE;
        } catch (LedgerUnavailableException e) {
            Throwable cause = e.getCause();
            errors.println("not all was rebuilt, run it again: "
                    + (cause == null ? "a part is away" : cause.getClass().getSimpleName()));
            return 1;
        }
    }

    /** {@code KAFKA_SECURITY_PROTOCOL} is {@code security.protocol}. */
    static Map<String, Object> broker(Map<String, String> environment) {
        Map<String, Object> broker = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(KAFKA)) {
                broker.put(
                        name.substring(KAFKA.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return broker;
    }

    private static String needed(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }
}
