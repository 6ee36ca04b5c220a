package org.postern.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postern.database.Transactions;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.EventJson;
import org.postern.events.codec.Topic;
import org.postern.events.mail.Client;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailRendered;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.MessageSchema;
import org.postern.message.TestTopics;
import org.postern.message.garbage.CollectGarbage;
import org.postern.message.intake.IdempotencyKey;
import org.postern.message.intake.IntakeRequest;
import org.postern.message.intake.RequestFingerprint;
import org.postern.message.kafka.KafkaPublisher;
import org.postern.message.kafka.KafkaReferences;
import org.postern.message.ledger.Receipt;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.reception.IntakeTerms;
import org.postern.message.reception.ReceiptAnnouncer;
import org.postern.message.reception.ReceiveMail;
import org.postern.message.reception.Reservation;
import org.postern.message.reception.Submitter;
import org.postern.store.ObjectMissingException;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemMessageStore;
import org.postern.testsupport.KafkaBroker;

/** What is erased as garbage, with a real PostgreSQL, a real broker and a real store, while mails come in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectGarbageIT {
    private static final Duration GRACE = Duration.ofDays(2);
    private static final FileTime LONG_AGO = FileTime.from(Instant.now().minus(Duration.ofDays(30)));

    private final Clock clock = Clock.systemUTC();
    private final KafkaBroker kafka = new KafkaBroker();
    private EmbeddedPostgres postgres;
    private DataSource database;
    private Transactions transactions;
    private JdbcReferences references;
    private Path root;
    private FilesystemMessageStore store;
    private Map<String, Object> broker;
    private KafkaProducer<String, String> producer;
    private TestTopics topics;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        database = MessageSchema.in(postgres.getPostgresDatabase());
        transactions = new Transactions(database, LedgerUnavailableException::new);
        references = new JdbcReferences(transactions);
        root = folder.resolve("store");
        store = new FilesystemMessageStore(root, StoreKey.ofText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
        String bootstrap = kafka.start().get("kafka.bootstrap.servers");
        broker = Map.of("bootstrap.servers", bootstrap);
        topics = new TestTopics(bootstrap);
        producer = new KafkaProducer<>(broker, new StringSerializer(), new StringSerializer());
    }

    @AfterAll
    void stop() throws Exception {
        producer.close();
        topics.close();
        kafka.stop();
        postgres.close();
    }

    @Test
    void erasesWhatNobodyRefersToAndNothingElseWhileMailsComeIn() throws Exception {
        List<ObjectReference> referred = List.of(
                inARow(),
                derived(),
                reserved(),
                toBeErased(),
                on(Topic.MAIL_RECEIVED.topicName()),
                on(Topic.MAIL_RENDERED.topicName()),
                on(Topic.MAIL_RECEIVED.deadLetters()));
        List<ObjectReference> garbage = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            garbage.add(old("garbage " + i));
        }
        ObjectReference young = store.put(Tenant.DEFAULT, body("young"), 100);
        List<ObjectReference> accepted = new CopyOnWriteArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        Thread intake = Thread.startVirtualThread(() -> takeMailsIn(accepted, done));

        // When
        List<CollectGarbage.Collected> collected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            collected.add(collect());
        }
        done.set(true);
        intake.join();

        // Then
        assertThat(collected.stream()
                        .mapToLong(CollectGarbage.Collected::erased)
                        .sum())
                .isEqualTo(garbage.size());
        assertThat(garbage).allSatisfy(object -> assertThatThrownBy(() -> store.open(object))
                .isInstanceOf(ObjectMissingException.class));
        assertThat(accepted).isNotEmpty();
        for (List<ObjectReference> kept : List.of(referred, accepted, List.of(young))) {
            assertThat(kept).allSatisfy(object -> {
                try (InputStream in = store.open(object)) {
                    assertThat(in.readAllBytes()).hasSize((int) object.size());
                }
            });
        }
    }

    @Test
    void erasesNothingWhileTheDatabaseOrTheBrokerCannotBeAsked() throws Exception {
        ObjectReference garbage = old("unclear");
        CollectGarbage withoutBroker = collector(
                references,
                new KafkaReferences(Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 500)));
        CollectGarbage withoutDatabase = collector(
                objects -> {
                    throw new LedgerUnavailableException(new IOException("away"), false);
                },
                new KafkaReferences(broker));

        assertThatThrownBy(() -> withoutBroker.run(clock.instant())).isInstanceOf(LedgerUnavailableException.class);
        assertThatThrownBy(() -> withoutDatabase.run(clock.instant())).isInstanceOf(LedgerUnavailableException.class);

        store.open(garbage).close();
        assertThat(collect().erased()).isPositive();
    }

    private CollectGarbage.Collected collect() throws IOException {
        return collector(references, new KafkaReferences(broker)).run(clock.instant());
    }

    private CollectGarbage collector(
            org.postern.message.garbage.References rows, org.postern.message.garbage.References records) {
        return new CollectGarbage(store, store, rows, records, GRACE);
    }

    /** As clients do: with a key and without, some of whom are gone before their message is told. */
    private void takeMailsIn(List<ObjectReference> accepted, AtomicBoolean done) {
        try (KafkaPublisher publisher = KafkaPublisher.connect(broker, Duration.ofSeconds(10))) {
            ReceiveMail receive = new ReceiveMail(
                    store,
                    new ReceiptAnnouncer(publisher, new ReceiptCodec(new EventCodec("/test", clock))),
                    new JdbcIntakeKeys(transactions),
                    receipt -> {
                        // What is told is not in the database yet, as when a replica lags.
                    },
                    clock,
                    new IntakeTerms(1_000, Duration.ofSeconds(25), Duration.ofHours(24)));
            for (int i = 0; i < 20 || !done.get(); i++) {
                IntakeRequest request = new IntakeRequest(
                        envelope(), Client.UNKNOWN, i % 2 == 0 ? null : new IdempotencyKey("key-" + i));
                Receipt receipt = receive.receive(
                        new Submitter(Tenant.DEFAULT, "tester"), request, body("mail " + i), TraceContext.start());
                ObjectReference object = receipt.event().object();
                age(object);
                accepted.add(object);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ObjectReference inARow() throws Exception {
        Receipt receipt = receipt(old("in a row"));
        execute(
                "insert into message.mail (tenant, id, received, traceparent, deadline)"
                        + " values ('default', ?, ?::jsonb, 'x', now())",
                receipt.id().value(),
                Columns.json(receipt.event()));
        return receipt.event().object();
    }

    private ObjectReference derived() throws Exception {
        ObjectReference object = old("derived");
        execute(
                "insert into message.derived (tenant, mail_id, object_id) values ('default', ?, ?)",
                MessageId.random().value(),
                object.id().value());
        return object;
    }

    private ObjectReference reserved() throws IOException {
        Receipt receipt = receipt(old("reserved"));
        new JdbcIntakeKeys(transactions)
                .reserve(
                        new Reservation(
                                new Submitter(Tenant.DEFAULT, "tester"),
                                new IdempotencyKey("nobody-came-again"),
                                RequestFingerprint.of(
                                        new IntakeRequest(envelope(), Client.UNKNOWN, null),
                                        receipt.event().object().sha256()),
                                receipt,
                                clock.instant()),
                        clock.instant().minus(GRACE));
        return receipt.event().object();
    }

    private ObjectReference toBeErased() throws Exception {
        ObjectReference object = old("to be erased");
        execute(
                "insert into message.erasure (tenant, mail_id, objects, cause, traceparent, asked_at)"
                        + " values ('default', ?, ?::jsonb, 'requested', 'x', now())",
                MessageId.random().value(),
                Columns.json(List.of(object.id())));
        return object;
    }

    /** Named by a record, whatever it is else. */
    private ObjectReference on(String topic) throws Exception {
        ObjectReference object = old("on " + topic);
        String value = topic.startsWith(Topic.MAIL_RENDERED.topicName())
                ? EventJson.mapper().writeValueAsString(rendered(MessageId.random(), object))
                : EventJson.mapper().writeValueAsString(receipt(object).event());
        producer.send(new ProducerRecord<>(topic, "key", value)).get();
        return object;
    }

    private static MailRendered rendered(MessageId id, ObjectReference object) {
        return new MailRendered(id, Tenant.DEFAULT, object, 0, 0, Instant.now());
    }

    private Receipt receipt(ObjectReference object) {
        Instant now = clock.instant();
        MailReceived event = new MailReceived(
                MessageId.random(), Tenant.DEFAULT, object, envelope(), Client.UNKNOWN, MailPath.REST, now, now);
        return new Receipt(event, "tester", TraceContext.start());
    }

    private static Envelope envelope() {
        return new Envelope(EnvelopeSender.of("ann@example.org"), List.of(MailAddress.of("bob@example.org")));
    }

    private ObjectReference old(String text) throws IOException {
        ObjectReference object = store.put(Tenant.DEFAULT, body(text), 100);
        age(object);
        return object;
    }

    private void age(ObjectReference object) throws IOException {
        Path folder = root.resolve("default").resolve(object.id().value().substring(0, 2));
        Files.setLastModifiedTime(folder.resolve(object.id() + ".key"), LONG_AGO);
        Files.setLastModifiedTime(folder.resolve(object.id() + ".body"), LONG_AGO);
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private void execute(String sql, Object... values) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            Columns.set(statement, values);
            statement.executeUpdate();
        }
    }
}
