package org.postern.message.withdrawal;

import io.vertx.core.Vertx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
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
import org.postern.events.mail.MailRecalled;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.RecalledRecipient;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.MessageSchema;
import org.postern.message.Pauses;
import org.postern.message.jmap.JmapLogin;
import org.postern.message.jmap.JmapMailboxes;
import org.postern.message.judgement.Judge;
import org.postern.message.ledger.Receipt;
import org.postern.message.outbox.PendingEvent;
import org.postern.message.postgres.JdbcAuditTrail;
import org.postern.message.postgres.JdbcLedger;
import org.postern.message.postgres.JdbcLists;
import org.postern.message.postgres.JdbcWithdrawals;
import org.postern.message.postgres.KeptEvents;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.Actor;
import org.postern.message.verdict.CollectFacts;
import org.postern.message.yaml.PolicyReader;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.store.MessageStore;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemMessageStore;

/** This service as far as withdrawals need it, on a real PostgreSQL and a real store. */
final class Suite implements AutoCloseable {
    final List<String> went = new CopyOnWriteArrayList<>();
    final List<PendingEvent> told = new CopyOnWriteArrayList<>();
    final JdbcWithdrawals withdrawals;

    /** What the clock is ahead. */
    final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);

    private final Clock clock = new AheadClock();
    private final EmbeddedPostgres postgres;
    private final Vertx vertx = Vertx.vertx();
    private final MessageStore store;
    private final JdbcLedger ledger;
    private final JdbcAuditTrail trail;
    private final CollectFacts facts;
    private final RecipientHashKey hashKey;
    private final Path secret;

    Suite(Path folder, String password) throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        DataSource database = MessageSchema.in(postgres.getPostgresDatabase());
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String key = Base64.getEncoder().encodeToString(random);
        Path file = Files.writeString(folder.resolve("key"), key);
        secret = Files.writeString(folder.resolve("password"), password + "\n");
        store = new FilesystemMessageStore(folder.resolve("store"), StoreKey.ofFile(file));
        hashKey = RecipientHashKey.ofBase64(key);
        EventCodec codec = new EventCodec("/test", clock);
        Transactions transactions = new Transactions(database, LedgerUnavailableException::new);
        KeptEvents events = new KeptEvents(codec, clock, told::addAll);
        ledger = new JdbcLedger(transactions, codec, clock, told::addAll);
        trail = new JdbcAuditTrail(transactions, events);
        withdrawals = new JdbcWithdrawals(transactions, events, hashKey);
        facts = new CollectFacts(
                ledger,
                new Judge(PolicyReader.read("version: 1\nrules:\n  - {name: all, then: {disposition: deliver,"
                        + " reason: all, text: All.}}\n")),
                new JdbcLists(transactions, clock),
                hashKey,
                clock);
    }

    /** A message that came in for these mailboxes. */
    MailReceived received(byte[] mail, MailPath path, String... recipients) throws IOException {
        ObjectReference object = store.put(Tenant.DEFAULT, new ByteArrayInputStream(mail), 1_000_000);
        MailReceived event = new MailReceived(
                MessageId.random(),
                Tenant.DEFAULT,
                object,
                new Envelope(
                        EnvelopeSender.of("ann@example.net"),
                        Stream.of(recipients).map(MailAddress::of).toList()),
                Client.UNKNOWN,
                path,
                Instant.now(),
                Instant.now().plusSeconds(25));
        facts.received(new Receipt(event, "tester", TraceContext.start()));
        return event;
    }

    /** A mail as it is delivered: below our stamp. */
    static byte[] stamped(MessageId id, byte[] mail) {
        return ("X-Postern-Message: " + id + "\r\nX-Postern-Disposition: deliver\r\n"
                        + new String(mail, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** It is recalled from all. */
    int recalled(MailReceived mail, int revision) {
        List<RecalledRecipient> recipients = mail.envelope().recipients().stream()
                .map(recipient -> new RecalledRecipient(
                        hashKey.hash(mail.tenant(), recipient), Disposition.DELIVER, Disposition.QUARANTINE, List.of()))
                .toList();
        return withdrawals.keep(
                new MailRecalled(
                        mail.messageId(),
                        mail.tenant(),
                        revision,
                        ScanVerdict.CLEAN,
                        ScanVerdict.INFECTED,
                        MailClass.HAM,
                        MailClass.HAM,
                        recipients,
                        Instant.now()),
                now());
    }

    /** Somebody asks for it to be given back. */
    List<MailAddress> restore(MailReceived mail) {
        return withdrawals.ask(mail.tenant(), mail.messageId(), null, Goal.RESTORED, admin(), now());
    }

    Actor admin() {
        return Actor.subject(hashKey, Tenant.DEFAULT, "root");
    }

    Instant now() {
        return clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }

    JmapMailboxes jmap(String url, JmapLogin login, List<Network> allowed) {
        return new JmapMailboxes(
                vertx,
                new OutboundGuard(NameResolver.system(), allowed),
                URI.create(url),
                Set.of(),
                login,
                "+",
                new JmapMailboxes.Destination("Quarantine", null),
                Duration.ofSeconds(20));
    }

    JmapLogin login(String user, String header) {
        return new JmapLogin(
                header == null ? JmapLogin.Scheme.BASIC : JmapLogin.Scheme.NONE, user, secret, header, "{address}");
    }

    /** All that is due, done when this returns. */
    void work(Mailboxes mailboxes, WithdrawalTerms.Action action) {
        worker(mailboxes, action).sweep();
    }

    WorkThroughMailboxes worker(Mailboxes mailboxes, WithdrawalTerms.Action action) {
        return new WorkThroughMailboxes(
                withdrawals,
                mailboxes,
                ledger,
                store,
                new WithdrawalTerms(
                        action,
                        "$junk",
                        Duration.ofHours(1),
                        Duration.ofDays(1),
                        new Pauses(Duration.ofMinutes(1), Duration.ofMinutes(1)),
                        1),
                went::add,
                Runnable::run,
                clock);
    }

    List<Withdrawals.Progress> progress(MailReceived mail) {
        return withdrawals.progress(mail.tenant(), mail.messageId());
    }

    List<Act> acts(MailReceived mail) {
        return new ArrayList<>(
                trail.read(mail.tenant(), mail.messageId(), null, 50).items());
    }

    @Override
    public void close() throws IOException {
        vertx.close();
        postgres.close();
    }

    private final class AheadClock extends Clock {
        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(later.get());
        }
    }
}
