package org.postern.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postern.events.MessageId;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

/**
 * The real broker, database and store that packaged services run on. Each can be taken away from them, and given back with
 * all that it had.
 */
public final class RealParts implements AutoCloseable {
    private static final String JDBC = "quarkus.datasource.jdbc.url";
    private static final Pattern URL = Pattern.compile("(.*:)([0-9]+)(/.*)");

    private final KafkaBroker broker = new KafkaBroker();
    private final PostgresDatabase database = new PostgresDatabase();
    private final StoreFolder store = new StoreFolder();
    private final OidcProvider provider = new OidcProvider();
    private final Map<String, String> configuration = new HashMap<>();
    private String directUrl;
    private Relay lineToTheDatabase;

    private RealParts() {}

    /** Starts all of them. */
    public static RealParts start() throws IOException {
        RealParts parts = new RealParts();
        for (var part : List.of(parts.broker, parts.database, parts.store, parts.provider)) {
            parts.configuration.putAll(part.start());
        }
        parts.directUrl = parts.configuration.get(JDBC);
        Matcher url = URL.matcher(parts.directUrl);
        if (!url.matches()) {
            throw new AssertionError(parts.directUrl);
        }
        parts.lineToTheDatabase = new Relay(Integer.parseInt(url.group(2)));
        parts.configuration.put(JDBC, url.group(1) + parts.lineToTheDatabase.port() + url.group(3));
        return parts;
    }

    /** The configuration of a service that runs on them; to be added to. */
    public Map<String, String> configuration() {
        return configuration;
    }

    /** What is told and heard on the broker. */
    public TestTopics topics() {
        return new TestTopics(configuration.get("kafka.bootstrap.servers"));
    }

    /** A connection to the database, there for the test even while it is away for the services. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                directUrl,
                configuration.get("quarkus.datasource.username"),
                configuration.get("quarkus.datasource.password"));
    }

    /** Whether a message is in the database as one that a mail server handed in, so that it is known when it comes again. */
    public boolean isNoted(MessageId id) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select =
                        connection.prepareStatement("select from message.smtp_try where mail_id = ?::uuid")) {
            select.setString(1, id.toString());
            return select.executeQuery().next();
        }
    }

    public void takeDatabaseAway() throws IOException {
        lineToTheDatabase.cut();
    }

    public void giveDatabaseBack() throws IOException {
        lineToTheDatabase.mend();
    }

    public void takeBrokerAway() {
        broker.stop();
    }

    public void giveBrokerBack() {
        broker.start();
    }

    /** Puts a file where the folder of the store was: nothing can be read there, and nothing made. */
    public void takeStoreAway() throws IOException {
        Files.move(root(), aside());
        Files.createFile(root());
    }

    public void giveStoreBack() throws IOException {
        Files.delete(root());
        Files.move(aside(), root());
    }

    private Path root() {
        return Path.of(configuration.get("postern.store.root"));
    }

    private Path aside() {
        return root().resolveSibling(root().getFileName() + "-aside");
    }

    /** Every file of the store. */
    public List<Path> stored() {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many bodies are stored. */
    public long bodies() {
        return stored().stream()
                .filter(file -> file.toString().endsWith(".body"))
                .count();
    }

    @Override
    public void close() {
        lineToTheDatabase.close();
        provider.stop();
        store.stop();
        database.stop();
        broker.stop();
    }
}
