package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.database.Transactions;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.RecipientHashKey;
import org.postern.events.SubjectHash;
import org.postern.events.Tenant;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.DeletionCause;
import org.postern.events.mail.FeedbackClass;
import org.postern.events.mail.MailFeedback;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailReleased;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;
import org.postern.message.ledger.ReceiptCodec;
import org.postern.message.outbox.PendingEvent;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.Actor;
import org.postern.message.quarantine.Entry;
import org.postern.message.quarantine.EntryFilter;
import org.postern.message.quarantine.Moment;
import org.postern.message.quarantine.Page;
import org.postern.message.quarantine.Quarantine;
import org.postern.message.quarantine.Release;
import org.postern.message.quarantine.ReleaseFailedException;
import org.postern.message.quarantine.Released;

/** The quarantine in PostgreSQL. */
public final class JdbcQuarantine implements Quarantine {
    private final Transactions transactions;
    private final KeptEvents events;
    private final ReceiptCodec receipts;
    private final RecipientHashKey hashKey;
    private final Clock clock;
    private final Duration deadline;

    /** @param deadline for a second look at a message */
    public JdbcQuarantine(
            Transactions transactions,
            KeptEvents events,
            ReceiptCodec receipts,
            RecipientHashKey hashKey,
            Clock clock,
            Duration deadline) {
        this.transactions = transactions;
        this.events = events;
        this.receipts = receipts;
        this.hashKey = hashKey;
        this.clock = clock;
        this.deadline = deadline;
    }

    @Override
    public Page<Entry, Entry.Position> search(
            Tenant tenant, EntryFilter filter, Entry.@Nullable Position after, int most) {
        List<Entry> found =
                transactions.run(connection -> EntryRows.search(connection, tenant, filter, after, most + 1));
        return found.size() <= most
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, most), found.get(most - 1).position());
    }

    @Override
    public List<Entry> entries(Tenant tenant, MessageId id) {
        return transactions.run(connection -> EntryRows.of(connection, tenant, id));
    }

    @Override
    public List<Moment> life(Tenant tenant, MessageId id) {
        return transactions.run(connection -> LifeRows.of(connection, tenant, id));
    }

    @Override
    public Released release(Release release, HandOn handOn) throws ReleaseFailedException {
        Outcome outcome = transactions.run(connection -> {
            Optional<List<MailAddress>> done = ReleaseRows.lock(connection, release);
            if (done.isPresent()) {
                List<Entry> to = release.recipients().stream()
                        .filter(entry -> done.get().contains(entry.recipient()))
                        .toList();
                return new Outcome(new Released(release.id(), to, true), List.of(), null);
            }
            List<Entry> taken;
            try {
                taken = handOn.to(release.recipients());
            } catch (ReleaseFailedException e) {
                return new Outcome(null, List.of(), e);
            }
            ReleaseRows.done(connection, release, taken, clock.instant());
            return new Outcome(new Released(release.id(), taken, false), told(connection, release, taken), null);
        });
        events.tell(outcome.events());
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        if (outcome.released() == null) {
            throw new IllegalStateException("a release has an end");
        }
        return outcome.released();
    }

    private List<PendingEvent> told(Connection connection, Release release, List<Entry> taken) throws SQLException {
        Actor actor = release.actor();
        Tenant tenant = actor.tenant();
        Receipt receipt = receipt(connection, tenant, release.message())
                .orElseThrow(() -> new IllegalStateException("a message that is released was received"));
        MailReleased released = new MailReleased(
                release.message(),
                tenant,
                release.id(),
                release.means(),
                taken.stream()
                        .map(entry -> hashKey.hash(tenant, entry.recipient()))
                        .toList(),
                actor.told(),
                now());
        return List.of(
                events.keep(connection, released, receipt.trace()),
                acted(
                        connection,
                        release.message(),
                        actor,
                        AuditedAct.MESSAGE_RELEASED,
                        release.means().word()));
    }

    @Override
    public boolean delete(MessageId id, Actor actor, DeletionCause cause) {
        return transactions.run(connection -> {
            Optional<MessageState> state = MailRows.lockKnown(connection, actor.tenant(), id);
            if (state.isEmpty()) {
                return false;
            }
            ErasureRows.begin(connection, state.get(), actor, cause, clock.instant());
            return true;
        });
    }

    @Override
    public void rescan(MessageId id, Actor actor) {
        events.tell(transactions.run(connection -> {
            Optional<Receipt> receipt = receipt(connection, actor.tenant(), id);
            if (receipt.isEmpty()) {
                return List.of();
            }
            MailReceived first = receipt.get().event();
            // The same event, told once more; with time to answer it.
            MailReceived again = new MailReceived(
                    first.messageId(),
                    first.tenant(),
                    first.object(),
                    first.envelope(),
                    first.client(),
                    first.path(),
                    first.receivedAt(),
                    now().plus(deadline),
                    first.direction(),
                    first.smtp());
            // Whatever the second look finds counts, also where the first took several attempts.
            MailRows.demoteFacts(connection, actor.tenant(), id);
            Receipt repeated =
                    new Receipt(again, receipt.get().submitter(), receipt.get().trace());
            return List.of(
                    events.keep(connection, again, receipts.encode(repeated)),
                    acted(connection, id, actor, AuditedAct.MESSAGE_RESCANNED, null));
        }));
    }

    @Override
    public void feedback(MessageId id, Actor actor, FeedbackClass mailClass) {
        events.tell(transactions.run(connection -> {
            Optional<Receipt> receipt = receipt(connection, actor.tenant(), id);
            if (receipt.isEmpty()) {
                return List.of();
            }
            int revision = nextFeedback(connection, id, actor, mailClass);
            MailFeedback feedback = new MailFeedback(
                    id,
                    actor.tenant(),
                    receipt.get().event().object(),
                    mailClass,
                    SubjectHash.of(actor.told()),
                    revision,
                    now());
            return List.of(
                    events.keep(connection, feedback, receipt.get().trace()),
                    acted(connection, id, actor, AuditedAct.MESSAGE_CLASSIFIED, mailClass.word()));
        }));
    }

    private int nextFeedback(Connection connection, MessageId id, Actor actor, FeedbackClass mailClass)
            throws SQLException {
        // Two at once want the same revision: the loser is repeated by the transaction.
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into message.feedback (tenant, mail_id, revision, class, actor, at)
                select ?, ?, coalesce(max(revision), 0) + 1, ?, ?, ? from message.feedback where tenant = ? and mail_id = ?
                returning revision
                """)) {
            String tenant = actor.tenant().value();
            Columns.set(
                    insert, tenant, id.value(), mailClass.word(), actor.told(), clock.instant(), tenant, id.value());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getInt("revision");
            }
        }
    }

    private PendingEvent acted(
            Connection connection, MessageId id, Actor actor, AuditedAct what, @Nullable String detail)
            throws SQLException {
        Act act = Act.on(id, actor, what, AuditOutcome.DONE, null, detail, now());
        AuditRows.insert(connection, act);
        return events.keep(connection, act.event(), org.postern.events.TraceContext.start());
    }

    private static Optional<Receipt> receipt(Connection connection, Tenant tenant, MessageId id) throws SQLException {
        return MailRows.find(connection, tenant, id).map(MessageState::receipt);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private record Outcome(
            @Nullable Released released,
            List<PendingEvent> events,
            @Nullable ReleaseFailedException failure) {}
}
