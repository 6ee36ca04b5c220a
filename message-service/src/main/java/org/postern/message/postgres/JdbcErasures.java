package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.database.Transactions;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.DeletionCause;
import org.postern.events.mail.MailDeleted;
import org.postern.message.outbox.PendingEvent;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.Actor;
import org.postern.message.quarantine.Erasures;
import org.postern.message.quarantine.RetentionTerms;
import org.postern.store.StoreException;

/** What is to be erased, in PostgreSQL. */
public final class JdbcErasures implements Erasures {
    private final Transactions transactions;
    private final KeptEvents events;
    private final RecipientHashKey hashKey;
    private final Clock clock;

    public JdbcErasures(Transactions transactions, KeptEvents events, RecipientHashKey hashKey, Clock clock) {
        this.transactions = transactions;
        this.events = events;
        this.hashKey = hashKey;
        this.clock = clock;
    }

    @Override
    public int erase(@Nullable MessageId only, int most, Eraser eraser) {
        for (int i = 0; i < most; i++) {
            Optional<List<PendingEvent>> told = transactions.run(connection -> {
                Optional<ErasureRows.Pending> pending = ErasureRows.lock(connection, only);
                return pending.isEmpty() ? Optional.empty() : erased(connection, pending.get(), eraser);
            });
            if (told.isEmpty()) {
                return i;
            }
            events.tell(told.get());
        }
        return most;
    }

    /** Empty where the store is away. */
    private Optional<List<PendingEvent>> erased(Connection connection, ErasureRows.Pending pending, Eraser eraser)
            throws SQLException {
        try {
            eraser.erase(pending.tenant(), pending.objects());
        } catch (StoreException e) {
            ErasureRows.later(connection, pending, clock.instant());
            return Optional.empty();
        }
        ErasureRows.done(connection, pending);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Actor actor = actor(pending);
        MailDeleted deleted = new MailDeleted(
                pending.id(),
                pending.tenant(),
                pending.cause(),
                pending.objects(),
                pending.cause() == DeletionCause.REQUESTED ? actor.told() : null,
                now);
        Act act = Act.on(
                pending.id(),
                actor,
                AuditedAct.MESSAGE_DELETED,
                AuditOutcome.DONE,
                null,
                pending.cause().word(),
                now);
        AuditRows.insert(connection, act);
        return Optional.of(List.of(
                events.keep(connection, deleted, pending.trace()),
                events.keep(connection, act.event(), TraceContext.start())));
    }

    private Actor actor(ErasureRows.Pending pending) {
        String name = pending.actor();
        if (name == null || pending.cause() != DeletionCause.REQUESTED) {
            return Actor.service(pending.tenant());
        }
        return name.startsWith("recipient:")
                ? new Actor(pending.tenant(), name, name)
                : Actor.subject(hashKey, pending.tenant(), name);
    }

    @Override
    public boolean noteDerived(Tenant tenant, MessageId id, ObjectId object) {
        return transactions.runApart(connection -> {
            // Under the lock of the message: a deletion sees the object, or was before this.
            List<Long> numbers = new Together()
                    .add(
                            "select 0 from message.mail where tenant = ? and id = ? for update",
                            tenant.value(),
                            id.value())
                    .add("""
                            insert into message.derived (tenant, mail_id, object_id)
                            select ?, ?, ? where not exists (select from message.tombstone where tenant = ? and id = ?)
                            on conflict do nothing returning 1
                            """, tenant.value(), id.value(), object.value(), tenant.value(), id.value())
                    .run(connection);
            if (numbers.contains(1L)) {
                return true;
            }
            try (PreparedStatement select = connection.prepareStatement(
                    "select from message.derived where tenant = ? and mail_id = ? and object_id = ?")) {
                Columns.set(select, tenant.value(), id.value(), object.value());
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    @Override
    public List<Due> due(RetentionTerms wanted, int most) {
        return transactions.run(connection -> {
            List<Due> due = new ArrayList<>();
            RetentionTerms terms = believed(connection, wanted);
            // By when the row came here, which the database's clock says, as it says what time it is: a clock of ours
            // that
            // was wrong when the message came in makes it neither old nor young.
            try (PreparedStatement select = connection.prepareStatement("""
                select m.tenant, m.id from message.mail m
                where m.known_since < ?
                and (m.known_since < ? or exists (
                    select from message.entry e where e.tenant = m.tenant and e.mail_id = m.id))
                and not exists (
                    select from message.entry e where e.tenant = m.tenant and e.mail_id = m.id and m.known_since >=
                        case when e.released_at is not null then ?
                            when e.disposition in ('deliver', 'deliver-with-warning') then ?
                            when e.disposition = 'junk' then ?
                            when e.disposition = 'quarantine' then ?
                            when e.disposition = 'reject' then ?
                            else ? end)
                limit ?
                """)) {
                Instant delivered = terms.now().minus(terms.delivered());
                Instant junk = terms.now().minus(terms.junk());
                Instant quarantined = terms.now().minus(terms.quarantined());
                Instant rejected = terms.now().minus(terms.rejected());
                Instant deferred = terms.now().minus(terms.deferred());
                Instant youngest = List.of(delivered, junk, quarantined, rejected, deferred).stream()
                        .max(Instant::compareTo)
                        .orElseThrow();
                Columns.set(
                        select, youngest, deferred, delivered, delivered, junk, quarantined, rejected, deferred, most);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        due.add(new Due(Tenant.of(row.getString("tenant")), new MessageId(Columns.uuid(row, "id"))));
                    }
                }
            }
            return due;
        });
    }

    /** Nothing is old that is old by one clock alone. */
    private static RetentionTerms believed(Connection connection, RetentionTerms terms) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select now() as now");
                ResultSet row = select.executeQuery()) {
            row.next();
            return terms.notAfter(Columns.time(row, "now"));
        }
    }

    @Override
    public void forget(RetentionTerms wanted) {
        transactions.run(connection -> {
            RetentionTerms terms = believed(connection, wanted);
            delete(
                    connection,
                    "delete from message.tombstone where deleted_at < ?",
                    terms.now().minus(terms.tombstones()));
            delete(
                    connection,
                    "delete from message.used_pass where used_at < ?",
                    terms.now().minus(terms.tombstones()));
            // Addresses of readers from whom nothing was held for long; what they were told of is not there any more.
            delete(
                    connection,
                    "delete from message.digest where told_at < ?",
                    terms.now().minus(terms.tombstones()));
            forgetMonths(connection, terms);
            return true;
        });
    }

    /** What lies in partitions, a month each, and leaves with them; those of the months to come are made. */
    private static void forgetMonths(Connection connection, RetentionTerms terms) throws SQLException {
        call(connection, "select message.forget_acts(?)", terms.now().minus(terms.audit()));
        call(connection, "select message.drop_empty_entry_partitions(?)", terms.now());
        call(connection, "select message.make_audit_partitions((now() at time zone 'UTC')::date, 3)");
        call(connection, "select message.make_entry_partitions((now() at time zone 'UTC')::date, 3)");
    }

    private static void call(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(sql)) {
            Columns.set(call, values);
            call.execute();
        }
    }

    private static void delete(Connection connection, String sql, Instant before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            Columns.set(delete, before);
            delete.executeUpdate();
        }
    }
}
