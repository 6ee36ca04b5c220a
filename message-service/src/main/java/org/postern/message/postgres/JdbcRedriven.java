package org.postern.message.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.postern.database.Transactions;
import org.postern.events.codec.Topic;
import org.postern.message.deadletter.DeadRecord;
import org.postern.message.deadletter.Redriven;

/** Which dead letters were put back, in PostgreSQL. */
public final class JdbcRedriven implements Redriven {
    private final Transactions transactions;

    public JdbcRedriven(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Map<DeadRecord.Place, Instant> among(Topic topic, Collection<DeadRecord.Place> places) {
        return transactions.run(connection -> {
            Map<DeadRecord.Place, Instant> redriven = new HashMap<>();
            try (PreparedStatement select = connection.prepareStatement("""
                select place, at from message.redriven where topic = ? and place = any (?)
                """)) {
                select.setString(1, topic.topicName());
                select.setArray(
                        2,
                        connection.createArrayOf(
                                "text",
                                places.stream().map(DeadRecord.Place::toString).toArray()));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        String[] place = row.getString("place").split("-", 2);
                        redriven.put(
                                new DeadRecord.Place(Integer.parseInt(place[0]), Long.parseLong(place[1])),
                                Columns.time(row, "at"));
                    }
                }
            }
            return redriven;
        });
    }

    @Override
    public void note(Topic topic, DeadRecord.Place place, Instant at) {
        transactions.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                insert into message.redriven (topic, place, at) values (?, ?, ?)
                on conflict (topic, place) do update set at = excluded.at
                """)) {
                Columns.set(insert, topic.topicName(), place.toString(), at);
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public void forget(Instant before) {
        transactions.run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from message.redriven where at < ?")) {
                Columns.set(delete, before);
                return delete.executeUpdate();
            }
        });
    }
}
