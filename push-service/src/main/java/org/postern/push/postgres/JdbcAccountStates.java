package org.postern.push.postgres;

import static org.postern.database.Statements.update;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.postern.database.Statements;
import org.postern.database.Transactions;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.events.push.StateChanged;
import org.postern.push.AccountStates;

/** The newest states of accounts in PostgreSQL, and what they mean for devices. */
public final class JdbcAccountStates implements AccountStates {
    // In order, so that two replicas that do the same do not wait for one another in a circle. Later on the topic is
    // newer.
    // Where the topic was made anew, its positions begin anew, and time decides.
    private static final String UPSERT = """
            insert into push.account_state as a (tenant, account, type, state, changed_at, position)
            select ?, ?, e.key, e.value, ?, ? from jsonb_each_text(?::jsonb) e order by e.key
            on conflict (tenant, account, type) do update
            set state = excluded.state, changed_at = excluded.changed_at, position = excluded.position
            where excluded.position > a.position or excluded.changed_at > a.changed_at
            """;

    // One statement, whatever the number of devices: neither they nor their destinations come here.
    private static final String SPREAD = "with remembered as (" + UPSERT + "), given as (" + """
            insert into push.pending as p (subscription_id, changed, since, due_at)
            select s.id, w.wanted, ?, greatest(?, c.free_at)
            from push.subscription s
                left join push.pace c on c.subscription_id = s.id
                cross join lateral (
                    select jsonb_object_agg(e.key, e.value) as wanted from jsonb_each(?::jsonb) e
                    where s.types is null or e.key = any(s.types)) w
            where s.tenant = ? and s.account = ? and s.verified and s.expires_at > ? and w.wanted is not null
            order by s.id
            on conflict (subscription_id) do update set
                changed = coalesce(p.changed, '{}'::jsonb) || excluded.changed,
                version = nextval('push.pending_version'), merged = p.merged + 1
            returning 1)
            select count(*) as devices from given
            """;

    private final Transactions transactions;

    public JdbcAccountStates(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void remember(StateChanged change, long position) {
        transactions.runApart(connection -> update(
                connection,
                UPSERT,
                change.tenant().value(),
                change.account().value(),
                change.at(),
                position,
                Documents.write(change.changed())));
    }

    @Override
    public int spread(StateChanged change, long position, Duration window, Instant now) {
        return transactions.run(connection -> {
            try (PreparedStatement spread = connection.prepareStatement(SPREAD)) {
                String changed = Documents.write(change.changed());
                String whose = change.tenant().value();
                String account = change.account().value();
                Statements.set(
                        spread,
                        whose,
                        account,
                        change.at(),
                        position,
                        changed,
                        now,
                        now.plus(window),
                        changed,
                        whose,
                        account,
                        now);
                try (ResultSet row = spread.executeQuery()) {
                    row.next();
                    return row.getInt("devices");
                }
            }
        });
    }

    @Override
    public Since since(Tenant tenant, AccountId account, long position) {
        return transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select type, state, position from push.account_state where tenant = ? and account = ?")) {
                Statements.set(select, tenant.value(), account.value());
                Map<String, String> newer = new HashMap<>();
                Map<String, String> all = new HashMap<>();
                long newest = -1;
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        long at = row.getLong("position");
                        all.put(row.getString("type"), row.getString("state"));
                        if (at > position) {
                            newer.put(row.getString("type"), row.getString("state"));
                        }
                        newest = Math.max(newest, at);
                    }
                }
                // Who has heard of more than there ever was comes from before the topic was made anew.
                return new Since(position > newest ? all : newer, newest);
            }
        });
    }
}
