package org.postern.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
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
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EventCodec;
import org.postern.events.mail.Client;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.MessageSchema;
import org.postern.message.TestMails;
import org.postern.message.TestTopics;
import org.postern.message.dryrun.TryPolicy;
import org.postern.message.judgement.Judge;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.ledger.Receipt;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.outbox.PendingEvent;
import org.postern.message.policy.ListEntry;
import org.postern.message.policy.Policy;
import org.postern.message.quarantine.Actor;
import org.postern.message.quarantine.Entry;
import org.postern.message.quarantine.EntryFilter;
import org.postern.message.quarantine.KeepMail;
import org.postern.message.quarantine.Moment;
import org.postern.message.quarantine.RetentionTerms;
import org.postern.message.verdict.CollectFacts;
import org.postern.message.verdict.HandOver;
import org.postern.message.yaml.PolicyReader;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemMessageStore;

/** The quarantine on a real PostgreSQL: what follows from judgements, and what becomes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuarantineRowsIT {
    private static final Policy POLICY = PolicyReader.read("""
            version: 1
            rules:
              - {name: bad, when: {scan: infected}, then: {disposition: reject, reason: infected, text: Malware.}}
              - {name: blocked, when: {list: block}, then: {disposition: quarantine, reason: blocked, text: Listed.}}
              - {name: odd, when: {class: phishing}, then: {disposition: quarantine, reason: phishing, text: A lure.}}
              - {name: good, then: {disposition: deliver, reason: fine, text: Fine.}}
            """);

    private final Clock clock = Clock.systemUTC();
    private final List<PendingEvent> told = new ArrayList<>();
    private EmbeddedPostgres postgres;
    private DataSource database;
    private MessageStore store;
    private JdbcLedger ledger;
    private JdbcLists lists;
    private JdbcQuarantine quarantine;
    private JdbcErasures erasures;
    private CollectFacts facts;
    private HandOver handOver;
    private RecipientHashKey hashKey;
    private Transactions transactions;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        database = MessageSchema.in(postgres.getPostgresDatabase());
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        String key = Base64.getEncoder().encodeToString(secret);
        Path file = folder.resolve("key");
        java.nio.file.Files.writeString(file, key);
        store = new FilesystemMessageStore(folder.resolve("store"), StoreKey.ofFile(file));
        hashKey = RecipientHashKey.ofBase64(key);
        EventCodec codec = new EventCodec("/test", clock);
        transactions = new Transactions(database, LedgerUnavailableException::new);
        KeptEvents events = new KeptEvents(codec, clock, told::addAll);
        ledger = new JdbcLedger(transactions, codec, clock, told::addAll);
        lists = new JdbcLists(transactions, clock);
        quarantine = new JdbcQuarantine(
                transactions, events, new ReceiptCodec(codec), hashKey, clock, Duration.ofSeconds(25));
        erasures = new JdbcErasures(transactions, events, hashKey, clock);
        facts = new CollectFacts(ledger, new Judge(POLICY), lists, hashKey, clock);
        handOver = new HandOver(ledger, hashKey, clock);
    }

    @AfterAll
    void stop() throws Exception {
        postgres.close();
    }

    @Test
    void findsAnEntryForEachRecipientOnceTheMessageIsJudged() throws Exception {
        MessageId id = received("entries", Instant.now());
        assertThat(quarantine.entries(Tenant.DEFAULT, id)).isEmpty();

        judged(id, ScanVerdict.CLEAN, MailClass.PHISHING);

        assertThat(quarantine.entries(Tenant.DEFAULT, id)).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.disposition()).isEqualTo(Disposition.QUARANTINE);
            assertThat(entry.senderDomain()).isEqualTo("entries.example");
            assertThat(entry.isHeld()).isTrue();
        });
        assertThat(quarantine
                        .search(Tenant.DEFAULT, filter("bob-entries@example.org", "lure"), null, 10)
                        .items())
                .hasSize(1);
        assertThat(quarantine
                        .search(Tenant.DEFAULT, filter("bob-entries@example.org", "') or true --"), null, 10)
                        .items())
                .isEmpty();
        assertThat(quarantine
                        .search(
                                Tenant.of("another"),
                                EntryFilter.of(MailAddress.of("bob-entries@example.org")),
                                null,
                                10)
                        .items())
                .isEmpty();
        assertThat(quarantine.life(Tenant.DEFAULT, id))
                .extracting(Moment::what)
                .contains("received", "scanned", "judged");
    }

    @Test
    void takesBackWhatWasDeliveredOnceAndOffersWhatWasHeld() throws Exception {
        MessageId id = received("recall", Instant.now());
        judged(id, ScanVerdict.CLEAN, MailClass.HAM);
        handedOver(id);

        facts.scanned(TestTopics.scanned(id, 2, ScanVerdict.INFECTED));
        facts.scanned(TestTopics.scanned(id, 2, ScanVerdict.INFECTED));
        facts.assessed(TestTopics.assessed(id, 2, MailClass.SPAM));

        assertThat(topics(id)).filteredOn("mail.recalled.v1"::equals).hasSize(1);

        MessageId held = received("offer", Instant.now());
        judged(held, ScanVerdict.CLEAN, MailClass.PHISHING);
        handedOver(held);
        facts.assessed(TestTopics.assessed(held, 2, MailClass.HAM));

        assertThat(topics(held)).doesNotContain("mail.recalled.v1");
        assertThat(quarantine.entries(Tenant.DEFAULT, held)).allMatch(Entry::offersRelease);
    }

    @Test
    void takesBackWhatAJudgementOvertookBeforeTheAnswerWasNoted() throws Exception {
        MessageId id = received("overtaken", Instant.now());
        judged(id, ScanVerdict.CLEAN, MailClass.HAM);
        MessageRecord shown = ledger.find(Tenant.DEFAULT, id).orElseThrow();
        facts.scanned(TestTopics.scanned(id, 2, ScanVerdict.INFECTED));

        handOver.sent(shown);

        assertThat(topics(id)).filteredOn("mail.recalled.v1"::equals).hasSize(1);
    }

    @Test
    void erasesTheBodyBeforeItTellsOfTheDeletionAndKnowsTheMessageNoMore() throws Exception {
        MessageId id = received("erase", Instant.now());
        judged(id, ScanVerdict.CLEAN, MailClass.PHISHING);
        ObjectReference body =
                ledger.find(Tenant.DEFAULT, id).orElseThrow().receipt().event().object();
        KeepMail keepMail = new KeepMail(quarantine, erasures, store, () -> Optional.of(terms()));

        assertThat(keepMail.delete(id, Actor.subject(hashKey, Tenant.DEFAULT, "root")))
                .isTrue();

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> store.open(body))
                .isInstanceOf(ObjectMissingException.class);
        assertThat(topics(id)).contains("mail.deleted.v1", "mail.audit.v1");
        facts.scanned(TestTopics.scanned(id, 3, ScanVerdict.INFECTED));
        assertThat(ledger.find(Tenant.DEFAULT, id)).isEmpty();
        assertThat(count("select count(*) from message.mail where id = '" + id + "'"))
                .isZero();
        assertThat(keepMail.delete(id, Actor.subject(hashKey, Tenant.DEFAULT, "root")))
                .isFalse();
    }

    @Test
    void keepsEachDispositionForItsTime() throws Exception {
        MessageId delivered = received("old", Instant.now().minus(Duration.ofDays(10)));
        judged(delivered, ScanVerdict.CLEAN, MailClass.HAM);
        MessageId held = received("kept", Instant.now().minus(Duration.ofDays(10)));
        judged(held, ScanVerdict.CLEAN, MailClass.PHISHING);
        MessageId fresh = received("fresh", Instant.now());
        judged(fresh, ScanVerdict.CLEAN, MailClass.HAM);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update message.mail set known_since = (received ->> 'receivedAt')::timestamptz");
        }

        new KeepMail(quarantine, erasures, store, () -> Optional.of(terms())).sweep();

        assertThat(ledger.find(Tenant.DEFAULT, delivered)).isEmpty();
        assertThat(topics(delivered)).contains("mail.deleted.v1");
        assertThat(ledger.find(Tenant.DEFAULT, held)).isPresent();
        assertThat(ledger.find(Tenant.DEFAULT, fresh)).isPresent();
    }

    @Test
    void judgesByTheListsAndTriesAnotherPolicyOnThePast() throws Exception {
        lists.add(
                Tenant.DEFAULT,
                new ListEntry(UUID.randomUUID(), "block", "*.listed.example", null, null, Instant.now()));
        lists.add(
                Tenant.DEFAULT,
                new ListEntry(
                        UUID.randomUUID(),
                        "block",
                        "expired.example",
                        null,
                        Instant.now().minusSeconds(1),
                        Instant.now()));
        MessageId listed = received("mx.listed", Instant.now());
        judged(listed, ScanVerdict.CLEAN, MailClass.HAM);
        MessageId expired = received("expired", Instant.now());
        judged(expired, ScanVerdict.CLEAN, MailClass.HAM);

        assertThat(quarantine.entries(Tenant.DEFAULT, listed))
                .extracting(Entry::disposition)
                .containsOnly(Disposition.QUARANTINE);
        assertThat(quarantine.entries(Tenant.DEFAULT, expired))
                .extracting(Entry::disposition)
                .containsOnly(Disposition.DELIVER);

        TryPolicy.Difference difference = new TryPolicy(new JdbcPastMessages(transactions), lists)
                .onNewest(
                        Tenant.DEFAULT,
                        PolicyReader.read("version: 1\nrules:\n  - {name: all,"
                                + " then: {disposition: junk, reason: all, text: All.}}\n"),
                        2);

        assertThat(difference.messages()).isEqualTo(2);
        assertThat(difference.changed()).isEqualTo(4);
        assertThat(difference.moves()).containsEntry("deliver -> junk", 2).containsEntry("quarantine -> junk", 2);
    }

    private RetentionTerms terms() {
        return new RetentionTerms(
                clock.instant(),
                Duration.ofDays(7),
                Duration.ofDays(14),
                Duration.ofDays(30),
                Duration.ofDays(7),
                Duration.ofDays(14),
                Duration.ofDays(35),
                Duration.ofDays(365));
    }

    private static EntryFilter filter(String recipient, String words) {
        return new EntryFilter(null, MailAddress.of(recipient), null, null, null, null, words, null, null);
    }

    private MessageId received(String name, Instant at) throws Exception {
        ObjectReference object = store.put(Tenant.DEFAULT, new ByteArrayInputStream(TestMails.plain(name)), 1_000_000);
        MailReceived event = new MailReceived(
                MessageId.random(),
                Tenant.DEFAULT,
                object,
                new Envelope(
                        EnvelopeSender.of("ann@" + name + ".example"),
                        List.of(
                                MailAddress.of("bob-" + name + "@example.org"),
                                MailAddress.of("eve-" + name + "@example.org"))),
                Client.UNKNOWN,
                MailPath.REST,
                at,
                Instant.now().plusSeconds(25));
        facts.received(new Receipt(event, "tester", TraceContext.start()));
        return event.messageId();
    }

    private void judged(MessageId id, ScanVerdict verdict, MailClass mailClass) {
        facts.scanned(TestTopics.scanned(id, 1, verdict));
        facts.assessed(TestTopics.assessed(id, 1, mailClass));
    }

    private void handedOver(MessageId id) {
        handOver.sent(ledger.find(Tenant.DEFAULT, id).orElseThrow());
    }

    private List<String> topics(MessageId id) {
        return told.stream()
                .map(PendingEvent::event)
                .filter(event -> event.key().equals(id.toString()))
                .map(event -> event.topic().topicName())
                .toList();
    }

    private long count(String sql) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
