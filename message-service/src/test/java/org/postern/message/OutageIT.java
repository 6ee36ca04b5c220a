package org.postern.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.postern.events.MessageId;
import org.postern.events.codec.Topic;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.ScanVerdict;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

/** What happens when an engine, the database or the broker is away. The broker comes last: it does not come back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageIT {
    private static final String JDBC = "quarkus.datasource.jdbc.url";
    private static final Pattern URL = Pattern.compile("(.*:)([0-9]+)(/.*)");

    private final KafkaBroker kafka = new KafkaBroker();
    private final PostgresDatabase postgres = new PostgresDatabase();
    private final StoreFolder store = new StoreFolder();
    private final OidcProvider provider = new OidcProvider();
    private final Map<String, String> configuration = new HashMap<>();
    private String directUrl;
    private Relay relay;
    private TestTopics topics;
    private ServiceProcess service;

    @BeforeAll
    void start() throws IOException {
        for (var part : List.of(kafka, postgres, store, provider)) {
            configuration.putAll(part.start());
        }
        directUrl = configuration.get(JDBC);
        Matcher url = URL.matcher(directUrl);
        assertThat(url.matches()).isTrue();
        relay = new Relay(Integer.parseInt(url.group(2)));
        configuration.put(JDBC, url.group(1) + relay.port() + url.group(3));
        configuration.put("postern.intake.deadline", "3S");
        topics = new TestTopics(configuration.get("kafka.bootstrap.servers"));
        service = ServiceProcess.start("outage", configuration).ready();
    }

    @AfterAll
    void stop() throws InterruptedException {
        service.close();
        relay.close();
        provider.stop();
        store.stop();
        postgres.stop();
    }

    @Test
    @Order(1)
    void defersAtTheDeadlineAndDeliversWhenTheEngineIsBack() throws Exception {
        MessageId id = ServiceProcess.id(service.submit("<>", TestMails.plain("deadline")));
        topics.tell(TestTopics.assessed(id, 1, MailClass.HAM));
        topics.tell(TestTopics.scanned(id, 1, ScanVerdict.INCONCLUSIVE));

        await().untilAsserted(() -> assertThat(judged(id)).singleElement().satisfies(judged -> {
            assertThat(judged.settled()).isFalse();
            assertThat(judged.verdict()).isEqualTo(ScanVerdict.INCONCLUSIVE);
            assertThat(judged.recipients().getFirst().disposition()).isEqualTo(Disposition.DEFER);
        }));
        assertThat(service.read(id).body()).contains("\"scan-inconclusive\"", "\"settled\":false");
        assertThat(topics.told(Topic.MAIL_HANDED_OVER, MailHandedOver.class, id))
                .isEmpty();

        topics.tell(TestTopics.scanned(id, 2, ScanVerdict.CLEAN));
        topics.tell(TestTopics.scanned(id, 3, ScanVerdict.INCONCLUSIVE));

        await().untilAsserted(() -> assertThat(judged(id)).hasSize(2).last().satisfies(judged -> {
            assertThat(judged.revision()).isEqualTo(2);
            assertThat(judged.settled()).isTrue();
            assertThat(judged.recipients().getFirst().disposition()).isEqualTo(Disposition.DELIVER);
        }));
    }

    @Test
    @Order(2)
    void answersOneWhoWaitsWithTheInterimVerdictOfTheDeadline() throws Exception {
        HttpResponse<String> response = service.submit("<>", TestMails.plain("interim"), "Prefer", "wait=20");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"settled\":false", "\"defer\"");
    }

    @Test
    @Order(3)
    void tellsWhatADeadProcessLeftInTheOutbox() throws Exception {
        MessageId id = MessageId.random();
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into message.outbox (tenant, mail_id, topic, key, headers, value, kept_at)
                        values ('default', ?::uuid, 'mail.judged.v1', ?, '{"ce_id": "x"}', '{"left": "over"}', now())
                        """)) {
            insert.setString(1, id.toString());
            insert.setString(2, id.toString());
            insert.executeUpdate();
        }

        await().until(() -> topics.records(Topic.MAIL_JUDGED)
                .anyMatch(record -> id.toString().equals(record.key())));
        await().until(() -> count("select count(*) from message.outbox") == 0);
    }

    @Test
    @Order(4)
    void takesMailsInWhileTheDatabaseIsAway() throws Exception {
        relay.cut();
        HttpResponse<String> accepted = service.submit("<>", TestMails.plain("without"), "Prefer", "wait=1");
        List<Path> storedBefore = stored();
        HttpResponse<String> keyed = service.submit("<>", TestMails.plain("keyed"), "Idempotency-Key", "k1");
        MessageId id = ServiceProcess.id(accepted);
        HttpResponse<String> read = service.read(id);
        topics.tell(TestTopics.assessed(id, 1, MailClass.HAM));
        topics.tell(TestTopics.scanned(id, 1, ScanVerdict.CLEAN));

        assertThat(accepted.statusCode()).isEqualTo(202);
        for (HttpResponse<String> refused : List.of(keyed, read)) {
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("\"database-unavailable\"");
        }
        assertThat(stored()).isEqualTo(storedBefore);

        relay.mend();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(judged(id)).last().satisfies(judged -> assertThat(judged.settled())
                        .isTrue()));
        assertThat(service.read(id).statusCode()).isEqualTo(200);
        assertThat(service.submit("<>", TestMails.plain("keyed"), "Idempotency-Key", "k1")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    @Order(5)
    void acceptsNothingWhileTheBrokerIsAway() throws Exception {
        long told = topics.records(Topic.MAIL_RECEIVED).count();
        List<Path> storedBefore = stored();
        topics.close();
        kafka.stop();

        HttpResponse<String> plain = service.submit("<>", TestMails.plain("no broker"));
        HttpResponse<String> keyed = service.submit("<>", TestMails.plain("no broker"), "Idempotency-Key", "k2");

        assertThat(told).isPositive();
        for (HttpResponse<String> refused : List.of(plain, keyed)) {
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("\"broker-unavailable\"");
        }
        assertThat(stored()).isEqualTo(storedBefore);
        assertThat(count("select count(*) from message.intake_key where key = 'k2'"))
                .isZero();
    }

    private List<MailJudged> judged(MessageId id) {
        return topics.told(Topic.MAIL_JUDGED, MailJudged.class, id);
    }

    private Connection connect() throws java.sql.SQLException {
        return DriverManager.getConnection(
                directUrl,
                configuration.get("quarkus.datasource.username"),
                configuration.get("quarkus.datasource.password"));
    }

    private long count(String sql) throws java.sql.SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<Path> stored() {
        try (Stream<Path> files = Files.walk(Path.of(configuration.get("postern.store.root")))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
