package org.postern.push.postgres;

import static org.postern.push.postgres.Transactions.update;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.postern.events.push.PushOutcome;
import org.postern.push.TypeStates;
import org.postern.push.delivery.DuePush;
import org.postern.push.delivery.PendingPushes;
import org.postern.push.delivery.PushContent;
import org.postern.push.subscription.DeviceSubscription;
import org.postern.push.subscription.VerificationCode;

/** The pushes on their way, in PostgreSQL. */
public final class JdbcPendingPushes implements PendingPushes {
    private final Transactions transactions;

    public JdbcPendingPushes(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<DuePush> take(int most, Duration lease, Instant now) {
        return transactions.run(connection -> {
            try (PreparedStatement take = connection.prepareStatement("""
                    with due as (
                        select subscription_id from push.pending where due_at <= ?
                        order by due_at limit ? for update skip locked)
                    update push.pending p set due_at = ? from due, push.subscription s
                    where p.subscription_id = due.subscription_id and s.id = due.subscription_id
                    returning p.changed, p.version, p.attempts, p.since, s.verification_code,
                    """ + SubscriptionRows.COLUMNS)) {
                Transactions.set(take, now, most, now.plus(lease));
                List<DuePush> due = new ArrayList<>();
                try (ResultSet row = take.executeQuery()) {
                    while (row.next()) {
                        due.add(push(row));
                    }
                }
                return due;
            }
        });
    }

    private static DuePush push(ResultSet row) throws SQLException {
        DeviceSubscription subscription = SubscriptionRows.subscription(row);
        String changed = row.getString("changed");
        PushContent content = changed == null
                ? new PushContent.Verification(
                        subscription.id(), new VerificationCode(row.getString("verification_code")))
                : new PushContent.StateChange(new TypeStates(Documents.texts(changed)));
        return new DuePush(
                subscription,
                content,
                row.getLong("version"),
                row.getInt("attempts"),
                row.getObject("since", OffsetDateTime.class).toInstant());
    }

    @Override
    public void delivered(DuePush push, PushOutcome outcome, Instant now) {
        settle(push, outcome, now);
    }

    @Override
    public void dropped(DuePush push, PushOutcome outcome, Instant now) {
        settle(push, outcome, now);
    }

    private void settle(DuePush push, PushOutcome outcome, Instant now) {
        transactions.run(connection -> {
            int done = update(
                    connection,
                    "delete from push.pending where subscription_id = ? and version = ?",
                    push.subscription().id().value(),
                    push.version());
            if (done == 0) {
                // More came while this was sent: that is another push, with attempts of its own.
                update(
                        connection,
                        "update push.pending set attempts = 0, since = ?, due_at = ? where subscription_id = ?",
                        now,
                        now,
                        push.subscription().id().value());
            }
            tell(connection, outcome);
            return true;
        });
    }

    @Override
    public void retry(DuePush push, Instant due) {
        transactions.run(connection -> update(
                connection,
                "update push.pending set attempts = attempts + 1, due_at = ? where subscription_id = ?",
                due,
                push.subscription().id().value()));
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

    private static void tell(Connection connection, PushOutcome outcome) throws SQLException {
        update(connection, "insert into push.outbox (outcome) values (?::jsonb)", Documents.write(outcome));
    }
}
