package org.postern.message.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postern.events.MessageId;
import org.postern.events.codec.Topic;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.TestTopics;
import org.postern.testsupport.KafkaBroker;

/** The command that an administrator runs, on a database that has nothing yet, not even tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebuildCommandIT {
    private final KafkaBroker kafka = new KafkaBroker();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private EmbeddedPostgres postgres;
    private TestTopics topics;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        String bootstrap = kafka.start().get("kafka.bootstrap.servers");
        topics = new TestTopics(bootstrap);
        Path key = Files.writeString(folder.resolve("key"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        environment.putAll(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrap,
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                "QUARKUS_DATASOURCE_USERNAME",
                "postgres",
                "POSTERN_RECIPIENTS_KEY_FILE",
                key.toString()));
    }

    @AfterAll
    void stop() throws Exception {
        topics.close();
        kafka.stop();
        postgres.close();
    }

    @Test
    void makesTheTablesWritesTheRowsAndSaysHowMany() throws Exception {
        MessageId id = MessageId.random();
        topics.tell(TestTopics.scanned(id, 1, ScanVerdict.CLEAN));

        assertThat(run(environment)).isZero();

        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern("mail.scanned.v1 +1 records, +1 written, 0 unreadable")
                .contains("mail.audit.v1");
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id from message.mail")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo(id.toString());
        }
        assertThat(run(environment)).isZero();
    }

    @Test
    void doesNotBeginWhileAServiceReadsFacts() {
        try (KafkaConsumer<String, String> service = new KafkaConsumer<>(
                Map.of("bootstrap.servers", environment.get("KAFKA_BOOTSTRAP_SERVERS"), "group.id", "message-service"),
                new StringDeserializer(),
                new StringDeserializer())) {
            service.subscribe(List.of(Topic.MAIL_RECEIVED.topicName()));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                service.poll(Duration.ofMillis(200));
                return !service.assignment().isEmpty();
            });

            assertThat(run(environment)).isEqualTo(2);
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("stop every replica first");
        }
    }

    @Test
    void namesWhatIsNotSetAndSaysWhenAPartIsAway() {
        Map<String, String> without = new HashMap<>(environment);
        without.remove("POSTERN_RECIPIENTS_KEY_FILE");
        Map<String, String> away = new HashMap<>(environment);
        away.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        away.put("KAFKA_DEFAULT_API_TIMEOUT_MS", "1000");
        away.put("KAFKA_REQUEST_TIMEOUT_MS", "1000");

        assertThat(run(without)).isEqualTo(2);
        assertThat(run(away)).isEqualTo(1);

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("POSTERN_RECIPIENTS_KEY_FILE is not set", "run it again");
    }

    private int run(Map<String, String> environment) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return Rebuild.run(environment, out, out);
    }
}
