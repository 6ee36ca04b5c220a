package org.postern.push.postgres;

import static org.postern.database.Statements.update;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postern.database.Statements;
import org.postern.database.Transactions;
import org.postern.events.Tenant;
import org.postern.events.push.AccountId;
import org.postern.push.account.DeliverySwitch;

/** Of which accounts was said who tells their devices of new mail, in PostgreSQL. */
public final class JdbcDeliverySwitch implements DeliverySwitch {
    private final Transactions transactions;
    private final boolean usual;

    /** @param usual whether ours is told of accounts of which nothing was said */
    public JdbcDeliverySwitch(Transactions transactions, boolean usual) {
        this.transactions = transactions;
        this.usual = usual;
    }

    @Override
    public Set<AccountId> ours(Tenant tenant, Collection<AccountId> accounts) {
        return transactions.runApart(connection -> {
            Set<AccountId> ours = new LinkedHashSet<>();
            Array names = connection.createArrayOf(
                    "text", accounts.stream().map(AccountId::value).toArray());
            try (PreparedStatement select = connection.prepareStatement("""
                select a.account from unnest(?::text[]) as a (account)
                    left join push.email_delivery e on e.tenant = ? and e.account = a.account
                where coalesce(e.ours, ?)
                """)) {
                Statements.set(select, names, tenant.value(), usual);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        ours.add(AccountId.of(row.getString(1)));
                    }
                }
            }
            return ours;
        });
    }

    @Override
    public void set(Tenant tenant, Map<AccountId, @Nullable Boolean> ours) {
        // In order, so that two who do the same do not wait for one another in a circle.
        Map<String, @Nullable Boolean> inOrder = new TreeMap<>();
        ours.forEach((account, value) -> inOrder.put(account.value(), value));
        transactions.run(connection -> {
            for (Map.Entry<String, @Nullable Boolean> entry : inOrder.entrySet()) {
                if (entry.getValue() == null) {
                    update(
                            connection,
                            "delete from push.email_delivery where tenant = ? and account = ?",
                            tenant.value(),
                            entry.getKey());
                } else {
                    update(connection, """
                        insert into push.email_delivery (tenant, account, ours) values (?, ?, ?)
                        on conflict (tenant, account) do update set ours = excluded.ours
                        """, tenant.value(), entry.getKey(), entry.getValue());
                }
            }
            return true;
        });
    }
}
