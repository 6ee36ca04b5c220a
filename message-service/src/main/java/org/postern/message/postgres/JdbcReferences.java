package org.postern.message.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.postern.database.Transactions;
import org.postern.events.ObjectId;
import org.postern.message.garbage.References;

/** Which objects the rows refer to: bodies of messages, what was derived, what is reserved, what is to be erased. */
public final class JdbcReferences implements References {
    private final Transactions transactions;

    public JdbcReferences(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Set<ObjectId> among(Collection<ObjectId> objects) {
        return transactions.run(connection -> {
            Set<ObjectId> known = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement("""
                select o.id from unnest(?::text[]) as o(id)
                where exists (select from message.mail m where m.received -> 'object' ->> 'id' = o.id)
                or exists (select from message.derived d where d.object_id = o.id)
                or exists (select from message.intake_key k where k.received -> 'object' ->> 'id' = o.id)
                or exists (select from message.erasure e where e.objects @> to_jsonb(o.id))
                """)) {
                select.setArray(
                        1,
                        connection.createArrayOf(
                                "text", objects.stream().map(ObjectId::value).toArray()));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        known.add(ObjectId.of(row.getString("id")));
                    }
                }
            }
            return known;
        });
    }
}
