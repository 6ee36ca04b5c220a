package org.postern.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postern.database.Transactions;
import org.postern.events.ContentHash;
import org.postern.events.EnvelopeSender;
import org.postern.events.Event;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.Topic;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.Client;
import org.postern.events.mail.DeletionCause;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailDeleted;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailRendered;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ReleaseMeans;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.SmtpSession;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.MessageSchema;
import org.postern.message.TestTopics;
import org.postern.message.judgement.Judge;
import org.postern.message.kafka.TopicReplay;
import org.postern.message.ledger.Receipt;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.outbox.PendingEvent;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.Actor;
import org.postern.message.quarantine.Entry;
import org.postern.message.quarantine.Release;
import org.postern.message.verdict.CollectFacts;
import org.postern.message.verdict.HandOver;
import org.postern.message.yaml.PolicyReader;
import org.postern.testsupport.KafkaBroker;

/**
 * Two databases: one in which mails lived, and one that was rebuilt from what that told. They are compared row by row, and
 * column by column but for those that the documentation leaves to PostgreSQL alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebuildIT {
    /**
     * Left out: what is told without its name or not at all (rules, actors), spans, and moments that a row and its event
     * took one after the other.
     */
    private static final Map<String, String> COMPARED = Map.of(
            "mail", "tenant, id, received, submitter, left(traceparent, 35), deadline, scan, assessment, revision",
            "judgement",
                    "tenant, mail_id, revision, settled, judged_at, handed_over_at, answered,"
                            + " (select jsonb_agg(r - 'rule') from jsonb_array_elements(content -> 'recipients') r),"
                            + " content - 'recipients'",
            "entry",
                    "tenant, received_at, mail_id, recipient, address, sender_domain, disposition, verdict, class,"
                            + " revision, reasons, size, handed, released_at is null, words",
            "smtp_try", "*",
            "derived", "*",
            "tombstone", "tenant, id, cause",
            "release", "tenant, mail_id, id, recipients, means, done_at is null",
            "feedback", "tenant, mail_id, revision, class, actor",
            "audit", "tenant, at, entry, act, outcome, mail_id, target, detail");

    private final Clock clock = Clock.systemUTC();
    private final EventCodec codec = new EventCodec("/message-service", clock);
    private final RecipientHashKey hashKey = RecipientHashKey.ofBase64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private final KafkaBroker kafka = new KafkaBroker();
    private EmbeddedPostgres postgres;
    private DataSource lived;
    private DataSource rebuilt;
    private Map<String, Object> broker;
    private KafkaProducer<String, String> producer;

    private JdbcQuarantine quarantine;
    private JdbcErasures erasures;
    private JdbcAuditTrail trail;
    private CollectFacts facts;
    private HandOver handOver;
    private JdbcLedger ledger;

    @BeforeAll
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database rebuilt");
        }
        lived = MessageSchema.in(postgres.getPostgresDatabase());
        rebuilt = MessageSchema.in(postgres.getDatabase("postgres", "rebuilt"));
        String bootstrap = kafka.start().get("kafka.bootstrap.servers");
        broker = Map.of("bootstrap.servers", bootstrap);
        new TestTopics(bootstrap).close();
        producer = new KafkaProducer<>(broker, new StringSerializer(), new StringSerializer());

        Transactions transactions = new Transactions(lived, LedgerUnavailableException::new);
        KeptEvents events = new KeptEvents(codec, clock, this::tell);
        ledger = new JdbcLedger(transactions, codec, clock, this::tell);
        quarantine = new JdbcQuarantine(
                transactions, events, new ReceiptCodec(codec), hashKey, clock, Duration.ofSeconds(25));
        erasures = new JdbcErasures(transactions, events, hashKey, clock);
        trail = new JdbcAuditTrail(transactions, events);
        facts = new CollectFacts(
                ledger, new Judge(PolicyReader.read("""
                    version: 1
                    rules:
                      - {name: bad, when: {scan: infected}, then: {disposition: reject, reason: bad, text: Malware.}}
                      - {name: lure, when: {class: phishing}, then: {disposition: quarantine, reason: lure, text: A lure.}}
                      - {name: good, then: {disposition: deliver, reason: fine, text: Fine.}}
                    """)), new JdbcLists(transactions, clock), hashKey, clock);
        handOver = new HandOver(ledger, hashKey, clock);
    }

    @AfterAll
    void stop() throws Exception {
        producer.close();
        kafka.stop();
        postgres.close();
    }

    @Test
    void aRebuiltDatabaseIsTheOneThatWasLost() throws Exception {
        live();
        producer.send(new ProducerRecord<>(Topic.MAIL_JUDGED.topicName(), "garbage", "{\"garbage\""));
        producer.flush();

        Map<String, TopicReplay.Counts> first = rebuild();
        Map<String, List<String>> once = rows(rebuilt);
        Map<String, TopicReplay.Counts> second = rebuild();

        assertThat(once).isEqualTo(rows(lived));
        assertThat(once).allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
        assertThat(first.get(Topic.MAIL_JUDGED.topicName()).unreadable()).isEqualTo(1);
        assertThat(second.values())
                .allSatisfy(counts -> assertThat(counts.written()).isZero());
        assertThat(rows(rebuilt)).isEqualTo(once);
    }

    @Test
    void nothingIsToldByARebuild() throws Exception {
        rebuild();

        try (Connection connection = rebuilt.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from message.outbox")) {
            row.next();
            assertThat(row.getLong(1)).isZero();
        }
        try (Admin admin = Admin.create(broker)) {
            assertThat(admin.listGroups().all().get()).isEmpty();
        }
        assertThat(TopicReplay.isServiceRunning(broker)).isFalse();
    }

    @Test
    void whatWasDeletedSinceTheBackupGoesFromADatabaseThatWasLaidBack() throws Exception {
        MessageId restored = received("restored", MailPath.REST);
        scanned(restored, 1, ScanVerdict.CLEAN);
        assessed(restored, MailClass.PHISHING);
        rendered(restored);
        MailDeleted deletion =
                new MailDeleted(restored, Tenant.DEFAULT, DeletionCause.RETENTION, List.of(), null, now());
        RebuiltRows rows = new RebuiltRows(new Transactions(lived, LedgerUnavailableException::new), hashKey);

        assertThat(rows.deleted(deletion)).isTrue();
        assertThat(rows.deleted(deletion)).isFalse();

        assertThat(quarantine.entries(Tenant.DEFAULT, restored)).isEmpty();
        assertThat(ledger.find(Tenant.DEFAULT, restored)).isEmpty();
        List<ObjectId> erased = new ArrayList<>();
        erasures.erase(restored, 1, (tenant, objects) -> erased.addAll(objects));
        assertThat(erased).as("the body and the rendition").hasSize(2);
    }

    @Test
    void whatHasATombstoneAlreadyCanBeDeleted() throws Exception {
        MessageId restored = received("tombstone", MailPath.REST);
        try (Connection connection = lived.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into message.tombstone (tenant, id, deleted_at, cause) values (?, ?, now(), 'retention')")) {
            insert.setString(1, Tenant.DEFAULT.value());
            insert.setObject(2, restored.value());
            insert.executeUpdate();
        }

        assertThat(quarantine.delete(restored, Actor.service(Tenant.DEFAULT), DeletionCause.RETENTION))
                .isTrue();
        erasures.erase(restored, 1, (tenant, objects) -> {});
    }

    /** Everything that can become of a mail. */
    private void live() throws Exception {
        MessageId delivered = received("delivered", MailPath.REST);
        scanned(delivered, 1, ScanVerdict.INCONCLUSIVE);
        scanned(delivered, 2, ScanVerdict.CLEAN);
        assessed(delivered, MailClass.HAM);
        handOver.sent(ledger.find(Tenant.DEFAULT, delivered).orElseThrow());
        rendered(delivered);

        MessageId recalled = received("recalled", MailPath.MILTER);
        assessed(recalled, MailClass.HAM);
        scanned(recalled, 1, ScanVerdict.CLEAN);
        handOver.sent(ledger.find(Tenant.DEFAULT, recalled).orElseThrow());
        scanned(recalled, 2, ScanVerdict.INFECTED);

        MessageId released = received("released", MailPath.MILTER);
        scanned(released, 1, ScanVerdict.CLEAN);
        assessed(released, MailClass.PHISHING);
        Actor actor = Actor.subject(hashKey, Tenant.DEFAULT, "an administrator");
        List<Entry> held = quarantine.entries(Tenant.DEFAULT, released);
        quarantine.release(
                new Release(released, held.subList(0, 1), actor, ReleaseMeans.CALLER, now()), entries -> entries);
        quarantine.feedback(released, actor, FeedbackClass.HAM);

        MessageId deleted = received("deleted", MailPath.REST);
        scanned(deleted, 1, ScanVerdict.CLEAN);
        assessed(deleted, MailClass.PHISHING);
        rendered(deleted);
        quarantine.delete(deleted, actor, DeletionCause.REQUESTED);
        erasures.erase(deleted, 1, (tenant, objects) -> {});

        MessageId unjudged = received("unjudged", MailPath.REST);
        scanned(unjudged, 1, ScanVerdict.CLEAN);
        scanned(MessageId.random(), 1, ScanVerdict.CLEAN);

        trail.note(Act.setting(actor, AuditedAct.LIST_CHANGED, AuditOutcome.DONE, "an-entry", "added-block", now()));
    }

    private MessageId received(String name, MailPath path) throws Exception {
        ObjectReference object =
                new ObjectReference(Tenant.DEFAULT, ObjectId.random(), ContentHash.of("1".repeat(64)), name.length());
        Instant now = now();
        MailReceived event = new MailReceived(
                MessageId.random(),
                Tenant.DEFAULT,
                object,
                envelope(name),
                Client.UNKNOWN,
                path,
                now,
                now.plusSeconds(25),
                MailDirection.INBOUND,
                path == MailPath.MILTER ? new SmtpSession("a-queue-id", "a-user") : null);
        Receipt receipt = new Receipt(event, "tester", TraceContext.start());
        send(new ReceiptCodec(codec).encode(receipt));
        facts.received(receipt);
        return event.messageId();
    }

    private static Envelope envelope(String name) {
        return new Envelope(
                EnvelopeSender.of("ann@" + name + ".example"),
                List.of(
                        MailAddress.of("Bob-" + name + "@example.org"),
                        MailAddress.of("eve-" + name + "@example.org")));
    }

    private void scanned(MessageId id, int attempt, ScanVerdict verdict) {
        MailScanned event = TestTopics.scanned(id, attempt, verdict);
        send(codec.encode(event, TraceContext.start()));
        facts.scanned(event);
    }

    private void assessed(MessageId id, MailClass mailClass) {
        MailAssessed event = TestTopics.assessed(id, 1, mailClass);
        send(codec.encode(event, TraceContext.start()));
        facts.assessed(event);
    }

    private void rendered(MessageId id) {
        ObjectReference object =
                new ObjectReference(Tenant.DEFAULT, ObjectId.random(), ContentHash.of("0".repeat(64)), 1);
        Event event = new MailRendered(id, Tenant.DEFAULT, object, 0, 0, now());
        send(codec.encode(event, TraceContext.start()));
        assertThat(erasures.noteDerived(Tenant.DEFAULT, id, object.id())).isTrue();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void tell(List<PendingEvent> events) {
        events.forEach(event -> send(event.event()));
    }

    private void send(EncodedEvent event) {
        ProducerRecord<String, String> record =
                new ProducerRecord<>(event.topic().topicName(), event.key(), event.json());
        event.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record);
    }

    private Map<String, TopicReplay.Counts> rebuild() {
        Map<String, TopicReplay.Counts> counts = new HashMap<>();
        new TopicReplay(
                        broker,
                        codec,
                        new RebuiltRows(new Transactions(rebuilt, LedgerUnavailableException::new), hashKey))
                .run(counts::put);
        return counts;
    }

    private static Map<String, List<String>> rows(DataSource database) throws Exception {
        Map<String, List<String>> tables = new HashMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> table : COMPARED.entrySet()) {
                List<String> rows = new ArrayList<>();
                try (ResultSet row =
                        statement.executeQuery("select row(" + table.getValue().replace("*", "t.*")
                                + ")::text from message." + table.getKey() + " t order by 1")) {
                    while (row.next()) {
                        rows.add(row.getString(1));
                    }
                }
                tables.put(table.getKey(), rows);
            }
        }
        return tables;
    }
}
