package org.postern.push.postgres;

import static org.postern.database.Statements.update;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.postern.database.Statements;
import org.postern.database.Transactions;
import org.postern.events.push.PushOutcome;
import org.postern.push.TypeStates;
import org.postern.push.delivery.Allowance;
import org.postern.push.delivery.Allowances;
import org.postern.push.delivery.DuePush;
import org.postern.push.delivery.Pace;
import org.postern.push.delivery.PendingPushes;
import org.postern.push.delivery.PushContent;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.SecretTexts;
import org.postern.push.subscription.VerificationCode;

/** The pushes on their way, in PostgreSQL. */
public final class JdbcPendingPushes implements PendingPushes {
    /** Of the 4 KiB that a push has room for, what types and states may take. */
    private static final int MOST_CHARACTERS = 3_000;

    private final Transactions transactions;
    private final SubscriptionRows subscriptions;
    private final Allowances allowances;

    public JdbcPendingPushes(Transactions transactions, SecretTexts secrets, Allowances allowances) {
        this.transactions = transactions;
        this.subscriptions = new SubscriptionRows(secrets);
        this.allowances = allowances;
    }

    @Override
    public List<DuePush> take(int most, Duration lease, Instant now) {
        return transactions.run(connection -> {
            // The subscription too, so that who deletes it waits for us and not we for him.
            try (PreparedStatement take = connection.prepareStatement("""
                    with due as (
                        select q.subscription_id from push.pending q join push.subscription t on t.id = q.subscription_id
                        where q.due_at <= ? order by q.due_at limit ?
                        for update of q skip locked for key share of t skip locked)
                    update push.pending p set due_at = ?
                    from due join push.subscription s on s.id = due.subscription_id
                        left join push.pace c on c.subscription_id = due.subscription_id
                    where p.subscription_id = due.subscription_id
                    returning p.changed, p.version, p.merged, p.attempts, p.since, s.verification_code,
                        c.tokens, c.pause_ms, c.sent_at, c.free_at, c.topics,
                    """ + SubscriptionRows.COLUMNS)) {
                Statements.set(take, now, most, now.plus(lease));
                List<DuePush> due = new ArrayList<>();
                Paces paces = new Paces();
                try (ResultSet row = take.executeQuery()) {
                    while (row.next()) {
                        due.add(push(row, paces, now));
                    }
                }
                paces.write(connection);
                return due;
            }
        });
    }

    private DuePush push(ResultSet row, Paces paces, Instant now) throws SQLException {
        DeviceSubscription subscription = subscriptions.subscription(row);
        Allowance allowance = allowances.of(subscription.destination().channel());
        Pace before = Paces.read(row).orElseGet(() -> Pace.fresh(allowance));
        Pace pace = before.sent(allowance, now);
        String changed = row.getString("changed");
        PushContent content;
        if (changed == null) {
            content = new PushContent.Verification(
                    subscription.id(), new VerificationCode(row.getString("verification_code")));
        } else {
            TypeStates states = new TypeStates(Documents.texts(changed)).fitting(MOST_CHARACTERS);
            String topic = new PushContent.StateChange(states).topic();
            pace = pace.with(topic, allowance);
            content = new PushContent.StateChange(states, pace.collapses(topic));
        }
        paces.add(subscription.id(), pace);
        return new DuePush(
                subscription,
                content,
                row.getLong("version"),
                row.getInt("merged"),
                row.getInt("attempts"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                before,
                pace.isSpent(allowance));
    }

    @Override
    public void delivered(DuePush push, PushOutcome outcome, Instant now) {
        transactions.run(connection -> {
            settle(connection, push, outcome, now);
            return true;
        });
    }

    @Override
    public void dropped(DuePush push, PushOutcome outcome, String reason, Instant now) {
        transactions.run(connection -> {
            settle(connection, push, outcome, now);
            switch (push.content()) {
                case PushContent.StateChange change ->
                    update(
                            connection,
                            """
                            insert into push.dead_letter as d (subscription_id, changed, reason, attempts, since, died_at)
                            select s.id, ?::jsonb, ?, ?, ?, ? from push.subscription s where s.id = ?
                            on conflict (subscription_id) do update set changed = d.changed || excluded.changed,
                                reason = excluded.reason, attempts = excluded.attempts, died_at = excluded.died_at
                            """,
                            Documents.write(change.states().inOrder()),
                            reason,
                            push.attempts() + 1,
                            push.since(),
                            now,
                            push.subscription().id().value());
                case PushContent.Verification verification -> {
                    // Who never verified itself waits for nothing.
                }
            }
            return true;
        });
    }

    private static void settle(Connection connection, DuePush push, PushOutcome outcome, Instant now)
            throws SQLException {
        Array told = connection.createArrayOf(
                "text",
                switch (push.content()) {
                    case PushContent.StateChange change ->
                        change.states().inOrder().keySet().toArray();
                    case PushContent.Verification verification -> new Object[0];
                });
        int done = update(connection, """
                delete from push.pending where subscription_id = ? and version = ?
                    and (changed is null or changed - ?::text[] = '{}'::jsonb)
                """, push.subscription().id().value(), push.version(), told);
        if (done == 0) {
            // More came while this was sent, or there was more than fits one push: another, with attempts of its own.
            update(
                    connection,
                    """
                    update push.pending p set attempts = 0, since = ?, merged = greatest(p.merged - ?, 1),
                        changed = case when p.version = ? then p.changed - ?::text[] else p.changed end,
                        due_at = greatest(?, (select c.free_at from push.pace c where c.subscription_id = p.subscription_id))
                    where p.subscription_id = ?
                    """,
                    now,
                    push.merged(),
                    push.version(),
                    told,
                    now,
                    push.subscription().id().value());
        }
        tell(connection, outcome);
    }

    @Override
    public void retry(DuePush push, Instant due) {
        transactions.run(connection ->
                update(connection, """
                update push.pending p set attempts = p.attempts + 1,
                    due_at = greatest(?, (select c.free_at from push.pace c where c.subscription_id = p.subscription_id))
                where p.subscription_id = ?
                """, due, push.subscription().id().value()));
    }

    @Override
    public void postpone(DuePush push, Instant due) {
        transactions.run(connection -> {
            update(
                    connection,
                    "update push.pending set due_at = ? where subscription_id = ?",
                    due,
                    push.subscription().id().value());
            return update(
                    connection,
                    "update push.pace set tokens = ?, pause_ms = ?, sent_at = ?, free_at = ? where subscription_id = ?",
                    push.before().tokens(),
                    push.before().pause().toMillis(),
                    push.before().sentAt(),
                    push.before().freeAt(),
                    push.subscription().id().value());
        });
    }

    @Override
    public void gone(DuePush push, PushOutcome outcome, Instant now) {
        transactions.run(connection -> {
            update(
                    connection,
                    "delete from push.subscription where id = ?",
                    push.subscription().id().value());
            tell(connection, outcome);
            return true;
        });
    }

    @Override
    public Backlog backlog(Instant now) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select count(*), coalesce(greatest(extract(epoch from ? - min(due_at)), 0), 0)::bigint,
                        (select count(*) from push.dead_letter)
                    from push.pending
                    """)) {
                Statements.set(select, now);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return new Backlog(row.getLong(1), Duration.ofSeconds(row.getLong(2)), row.getLong(3));
                }
            }
        });
    }

    private static void tell(Connection connection, PushOutcome outcome) throws SQLException {
        update(connection, "insert into push.outbox (outcome) values (?::jsonb)", Documents.write(outcome));
    }
}
