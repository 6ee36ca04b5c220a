package org.postern.message.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.database.Transactions;
import org.postern.events.EnvelopeSender;
import org.postern.events.EventId;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.events.codec.Topic;
import org.postern.events.mail.Client;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.Envelope;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailRecalled;
import org.postern.events.mail.RecalledRecipient;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.MessageSchema;
import org.postern.message.SetClock;
import org.postern.message.SettledClock;
import org.postern.message.TestMails;
import org.postern.message.TestTopics;
import org.postern.message.digest.DigestLinks;
import org.postern.message.digest.Digests;
import org.postern.message.intake.IdempotencyKey;
import org.postern.message.intake.IntakeRequest;
import org.postern.message.judgement.Judge;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.ledger.Receipt;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.outbox.RelayEvents;
import org.postern.message.outlet.ToldEvent;
import org.postern.message.policy.ListEntry;
import org.postern.message.quarantine.KeepMail;
import org.postern.message.quarantine.RetentionTerms;
import org.postern.message.reception.IntakeTerms;
import org.postern.message.reception.ReceiptAnnouncer;
import org.postern.message.reception.ReceiveMail;
import org.postern.message.reception.Submitter;
import org.postern.message.verdict.CollectFacts;
import org.postern.message.webhook.Webhook;
import org.postern.message.withdrawal.Withdrawal;
import org.postern.message.yaml.PolicyReader;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemMessageStore;

/** The clock of the service's machine is set forwards and backwards, and right again, on a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockJumpIT {
    private static final Duration YEAR = Duration.ofDays(400);
    private static final Duration SETTLING = Duration.ofHours(1);
    private static final Duration RELAYED_AFTER = Duration.ofSeconds(3);
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String POLICY = """
            version: 1
            rules:
              - {name: blocked, when: {list: block}, then: {disposition: reject, reason: blocked, text: Listed.}}
              - {name: unknown, when: {scan: inconclusive}, then: {disposition: defer, reason: unknown, text: Later.}}
              - {name: odd, when: {class: phishing}, then: {disposition: quarantine, reason: odd, text: A lure.}}
              - {name: good, then: {disposition: deliver, reason: fine, text: Fine.}}
            """;

    private final SetClock clock = new SetClock();
    private final List<EncodedEvent> published = new CopyOnWriteArrayList<>();
    private boolean brokerAway;
    private long nanos;
    private EmbeddedPostgres postgres;
    private DataSource database;
    private Transactions transactions;
    private RecipientHashKey hashKey;
    private FilesystemMessageStore store;
    private RelayEvents relay;
    private JdbcLedger ledger;
    private JdbcLists lists;
    private CollectFacts facts;
    private ReceiveMail intake;
    private KeepMail keepMail;
    private JdbcDigests digests;
    private JdbcWithdrawals withdrawals;
    private SettledClock settled;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        database = MessageSchema.in(postgres.getPostgresDatabase());
        Path file = folder.resolve("key");
        Files.writeString(file, KEY);
        store = new FilesystemMessageStore(folder.resolve("store"), StoreKey.ofFile(file));
        hashKey = RecipientHashKey.ofBase64(KEY);
        EventCodec codec = new EventCodec("/test", clock);
        transactions = new Transactions(database, LedgerUnavailableException::new);
        relay = new RelayEvents(new JdbcOutbox(transactions), this::publish, Runnable::run, clock, RELAYED_AFTER);
        KeptEvents events = new KeptEvents(codec, clock, relay::committed);
        ledger = new JdbcLedger(transactions, codec, clock, relay::committed);
        lists = new JdbcLists(transactions, clock);
        facts = new CollectFacts(ledger, new Judge(PolicyReader.read(POLICY)), lists, hashKey, clock);
        intake = new ReceiveMail(
                store,
                new ReceiptAnnouncer(this::publish, new ReceiptCodec(codec)),
                new JdbcIntakeKeys(transactions),
                facts::received,
                clock,
                new IntakeTerms(1_000_000, Duration.ofSeconds(25), Duration.ofHours(24)));
        JdbcQuarantine quarantine = new JdbcQuarantine(
                transactions, events, new ReceiptCodec(codec), hashKey, clock, Duration.ofSeconds(25));
        keepMail = new KeepMail(
                quarantine, new JdbcErasures(transactions, events, hashKey, clock), store, () -> settled.now()
                        .map(ClockJumpIT::terms));
        digests = new JdbcDigests(transactions, clock);
        withdrawals = new JdbcWithdrawals(transactions, events, hashKey);
    }

    @BeforeEach
    void begin() {
        settled = new SettledClock(clock, () -> nanos + System.nanoTime(), SETTLING);
    }

    @AfterEach
    void setTheClockRight() {
        clock.setRight();
        brokerAway = false;
    }

    @AfterAll
    void stop() throws Exception {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {400, -400})
    void a_mail_that_comes_in_while_the_clock_is_wrong_is_judged_as_any_other(long days) throws Exception {
        Receipt before = received("before");
        clock.set(Duration.ofDays(days));
        Receipt during = received("during");
        facts.judgeOverdue();
        tellClean(during);
        clock.setRight();
        tellClean(before);
        Receipt after = received("after");
        tellClean(after);

        for (Receipt each : List.of(before, during, after)) {
            assertThat(disposition(each)).isEqualTo(Disposition.DELIVER);
            store.open(each.event().object()).close();
        }
    }

    @Test
    void a_deadline_that_was_set_by_a_clock_that_was_ahead_is_over() throws Exception {
        // What other tests received and judged nothing of may be overdue by now.
        facts.judgeOverdue();
        clock.set(YEAR);
        Receipt receipt = received("ahead");
        clock.setRight();

        assertThat(facts.judgeOverdue()).isEqualTo(1);
        assertThat(facts.judgeOverdue()).isZero();

        assertThat(disposition(receipt)).isEqualTo(Disposition.DEFER);
        tellClean(receipt);
        assertThat(disposition(receipt)).isEqualTo(Disposition.DELIVER);
    }

    @Test
    void nothing_is_erased_by_a_clock_that_jumps_forth_or_back_or_both() throws Exception {
        Receipt delivered = judged("delivered", MailClass.HAM);
        Receipt held = judged("held", MailClass.PHISHING);
        settles();
        clock.set(YEAR);
        keepMail.sweep();
        Receipt ahead = judged("while-ahead", MailClass.PHISHING);
        // Whoever lets it be wrong for that long still has the database's clock against it.
        settles();
        keepMail.sweep();
        clock.set(YEAR.negated());
        keepMail.sweep();
        Receipt behind = judged("while-behind", MailClass.PHISHING);
        settles();
        keepMail.sweep();
        clock.setRight();
        keepMail.sweep();
        settles();
        keepMail.sweep();

        for (Receipt each : List.of(delivered, held, ahead, behind)) {
            assertThat(ledger.find(Tenant.DEFAULT, each.id())).isPresent();
            store.open(each.event().object()).close();
        }
    }

    @Test
    void what_is_old_by_both_clocks_is_erased_once_ours_has_settled() throws Exception {
        Receipt old = judged("old", MailClass.HAM);
        Receipt heldFor = judged("held-for", MailClass.PHISHING);
        for (Receipt each : List.of(old, heldFor)) {
            execute("update message.mail set known_since = now() - interval '10 days' where id = ?", each);
        }

        keepMail.sweep();
        assertThat(ledger.find(Tenant.DEFAULT, old.id())).isPresent();
        settles();
        keepMail.sweep();

        assertThat(ledger.find(Tenant.DEFAULT, old.id())).isEmpty();
        assertThat(ledger.find(Tenant.DEFAULT, heldFor.id())).isPresent();
    }

    @Test
    void a_key_stands_for_its_message_and_its_body_stays_while_the_clock_is_wrong() throws Exception {
        Receipt first = received("keyed", "one-key");
        clock.set(YEAR);
        settled.now().ifPresent(intake::clearKeys);
        clock.setRight();
        settled.now().ifPresent(intake::clearKeys);

        assertThat(received("keyed", "one-key").id()).isEqualTo(first.id());
        store.open(first.event().object()).close();
    }

    @Test
    void an_event_that_could_not_be_told_while_the_clock_was_ahead_is_told_when_it_is_right() throws Exception {
        clock.set(YEAR);
        Receipt receipt = received("untold");
        brokerAway = true;
        tellClean(receipt);
        brokerAway = false;
        clock.setRight();
        assertThat(published(receipt, Topic.MAIL_JUDGED)).isEmpty();

        relay.sweep();

        assertThat(published(receipt, Topic.MAIL_JUDGED)).isNotEmpty();
    }

    @Test
    void an_entry_of_a_list_that_ran_out_by_a_wrong_clock_is_in_force_again() throws Exception {
        lists.add(
                Tenant.DEFAULT,
                new ListEntry(
                        UUID.randomUUID(),
                        "block",
                        "listed.example",
                        null,
                        clock.instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS),
                        clock.instant()));
        assertThat(disposition(judged("listed", MailClass.HAM))).isEqualTo(Disposition.REJECT);
        clock.set(YEAR);
        assertThat(disposition(judged("listed", MailClass.HAM))).isEqualTo(Disposition.DELIVER);
        clock.set(YEAR.negated());
        assertThat(disposition(judged("listed", MailClass.HAM))).isEqualTo(Disposition.REJECT);
        clock.setRight();
        assertThat(disposition(judged("listed", MailClass.HAM))).isEqualTo(Disposition.REJECT);
    }

    @Test
    void a_reader_who_was_told_while_the_clock_was_ahead_is_told_again_when_it_is_right() throws Exception {
        judged("digest", MailClass.PHISHING);
        Instant slot = clock.instant().plusSeconds(1);
        assertThat(tellWhoIsDue("digest", slot)).isEqualTo(1);
        clock.set(YEAR);
        judged("digest", MailClass.PHISHING);
        assertThat(tellWhoIsDue("digest", slot.plus(YEAR).plusSeconds(10))).isEqualTo(1);
        clock.set(YEAR.negated());
        assertThat(tellWhoIsDue("digest", slot.minus(YEAR))).isZero();
        clock.setRight();
        judged("digest", MailClass.PHISHING);

        Instant next = clock.instant().plus(Duration.ofHours(12));
        assertThat(tellWhoIsDue("digest", next)).isEqualTo(1);
        assertThat(tellWhoIsDue("digest", next)).isZero();
    }

    @Test
    void a_link_that_was_over_by_a_wrong_clock_is_good_again() {
        DigestLinks links = new DigestLinks(new byte[32], clock, Duration.ofDays(7));
        DigestLinks.Link link = links.read(
                        links.write(Tenant.DEFAULT, MessageId.random(), MailAddress.of("bob@example.org")))
                .orElseThrow();
        clock.set(YEAR);
        assertThat(links.isOver(link)).isTrue();
        clock.set(YEAR.negated());
        assertThat(links.isOver(link)).isFalse();
        clock.setRight();
        assertThat(links.isOver(link)).isFalse();
    }

    @Test
    void a_webhook_hears_of_what_waited_for_it_until_next_year_and_from_when_it_was_added() {
        JdbcWebhooks webhooks = new JdbcWebhooks(transactions);
        JdbcDeliveries deliveries = new JdbcDeliveries(transactions, clock);
        clock.set(YEAR);
        deliveries.keep(List.of(event(clock.instant())), clock.instant());
        clock.setRight();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Webhook webhook = Webhook.begin(Tenant.DEFAULT, "https://hooks.example/1", Set.of(Topic.MAIL_JUDGED), now);
        webhooks.add(webhook, 10);
        assertThat(deliveries.keep(List.of(event(now)), now)).isEqualTo(1);
        var taken = deliveries.take(webhook, Duration.ofSeconds(30), now).orElseThrow();
        deliveries.retry(taken, now.plus(YEAR), "status-500", now.plus(YEAR));
        assertThat(webhooks.withSomethingDue(now)).isEmpty();

        deliveries.waitNoLongerThan(now.plus(Duration.ofDays(3)), now);

        assertThat(webhooks.withSomethingDue(now)).extracting(Webhook::id).contains(webhook.id());
        assertThat(deliveries.take(webhook, Duration.ofSeconds(30), now)).isPresent();
    }

    @Test
    void copies_that_were_to_be_withdrawn_next_year_are_withdrawn_now() throws Exception {
        Receipt receipt = judged("recalled", MailClass.HAM);
        clock.set(YEAR);
        Instant then = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        withdrawals.keep(recalled(receipt, then), then);
        assertThat(withdrawals.take(Duration.ofMinutes(15), then, then.plus(Duration.ofDays(1))))
                .isPresent();
        clock.setRight();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);

        Optional<Withdrawal> taken = withdrawals.take(Duration.ofMinutes(15), now, now.plus(Duration.ofDays(1)));

        assertThat(taken).hasValueSatisfying(next -> assertThat(next.message()).isEqualTo(receipt.id()));
        assertThat(withdrawals.take(Duration.ofMinutes(15), now, now.plus(Duration.ofDays(1))))
                .isEmpty();
    }

    private MailRecalled recalled(Receipt receipt, Instant at) {
        return new MailRecalled(
                receipt.id(),
                Tenant.DEFAULT,
                2,
                ScanVerdict.CLEAN,
                ScanVerdict.INFECTED,
                MailClass.HAM,
                MailClass.HAM,
                receipt.event().envelope().recipients().stream()
                        .map(recipient -> new RecalledRecipient(
                                hashKey.hash(Tenant.DEFAULT, recipient),
                                Disposition.DELIVER,
                                Disposition.REJECT,
                                List.of()))
                        .toList(),
                at);
    }

    private static ToldEvent event(Instant at) {
        return new ToldEvent(
                EventId.of(MessageId.random(), "test", UUID.randomUUID().toString()),
                Topic.MAIL_JUDGED,
                Tenant.DEFAULT,
                at,
                "{}");
    }

    private int tellWhoIsDue(String name, Instant slot) throws Exception {
        List<Digests.Reader> told = new ArrayList<>();
        for (Digests.Reader reader : digests.due(
                        List.of(name + ".example"), slot.minus(Duration.ofDays(30)), slot, null, 1000)
                .items()) {
            digests.tell(reader, slot, () -> told.add(reader));
        }
        return told.size();
    }

    /** Time goes on, and the clock with it, whatever it says. */
    private void settles() {
        settled.now();
        nanos += SETTLING.toNanos();
        clock.goOn(SETTLING);
        assertThat(settled.now()).isPresent();
    }

    private static RetentionTerms terms(Instant now) {
        return new RetentionTerms(
                now,
                Duration.ofDays(7),
                Duration.ofDays(14),
                Duration.ofDays(30),
                Duration.ofDays(7),
                Duration.ofDays(14),
                Duration.ofDays(35),
                Duration.ofDays(365));
    }

    private CompletableFuture<Void> publish(EncodedEvent event) {
        if (brokerAway) {
            return CompletableFuture.failedFuture(new IOException("away"));
        }
        published.add(event);
        return CompletableFuture.completedFuture(null);
    }

    private List<EncodedEvent> published(Receipt receipt, Topic topic) {
        return published.stream()
                .filter(event -> event.topic() == topic
                        && event.key().equals(receipt.id().toString()))
                .toList();
    }

    private Receipt received(String name) throws IOException {
        return received(name, null);
    }

    private Receipt received(String name, @org.jspecify.annotations.Nullable String key) throws IOException {
        return intake.receive(
                new Submitter(Tenant.DEFAULT, "tester"),
                new IntakeRequest(
                        new Envelope(
                                EnvelopeSender.of("ann@" + name + ".example"),
                                List.of(MailAddress.of("bob@" + name + ".example"))),
                        Client.UNKNOWN,
                        key == null ? null : new IdempotencyKey(key)),
                new ByteArrayInputStream(TestMails.plain(name)),
                TraceContext.start());
    }

    private Receipt judged(String name, MailClass mailClass) throws IOException {
        Receipt receipt = received(name);
        facts.scanned(TestTopics.scanned(receipt.id(), 1, ScanVerdict.CLEAN));
        facts.assessed(TestTopics.assessed(receipt.id(), 1, mailClass));
        return receipt;
    }

    private void tellClean(Receipt receipt) {
        facts.scanned(TestTopics.scanned(receipt.id(), 1, ScanVerdict.CLEAN));
        facts.assessed(TestTopics.assessed(receipt.id(), 1, MailClass.HAM));
    }

    private Disposition disposition(Receipt receipt) {
        return ledger.find(Tenant.DEFAULT, receipt.id())
                .map(MessageRecord::state)
                .orElseThrow()
                .judgement()
                .recipients()
                .getFirst()
                .disposition();
    }

    private void execute(String sql, Receipt receipt) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            Columns.set(update, receipt.id().value());
            update.executeUpdate();
        }
    }
}
