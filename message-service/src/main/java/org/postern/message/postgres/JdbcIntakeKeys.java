package org.postern.message.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.postern.database.Transactions;
import org.postern.events.ContentHash;
import org.postern.events.TraceContext;
import org.postern.events.mail.MailReceived;
import org.postern.message.BrokerUnavailableException;
import org.postern.message.intake.RequestFingerprint;
import org.postern.message.ledger.Receipt;
import org.postern.message.reception.IntakeKeys;
import org.postern.message.reception.Reservation;

/** The idempotency keys in PostgreSQL. */
public final class JdbcIntakeKeys implements IntakeKeys {
    private static final String OF_KEY = " where tenant = ? and subject = ? and key = ?";

    private final Transactions transactions;

    public JdbcIntakeKeys(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Reservation reserve(Reservation wanted, Instant expiry) {
        while (true) {
            Optional<Reservation> held = transactions.run(connection -> {
                deleteExpired(connection, wanted, expiry);
                return insert(connection, wanted) ? Optional.of(wanted) : select(connection, wanted);
            });
            if (held.isPresent()) {
                return held.get();
            }
            // Given up between the two statements.
        }
    }

    @Override
    public boolean tellOnce(Reservation reservation, Consumer<Receipt> tell) {
        Telling telling = transactions.run(connection -> {
            Optional<Boolean> told = lock(connection, reservation);
            if (told.isEmpty()) {
                return new Telling(false, null);
            }
            if (told.get()) {
                return new Telling(true, null);
            }
            try {
                tell.accept(reservation.receipt());
            } catch (BrokerUnavailableException e) {
                update(connection, "delete from message.intake_key" + OF_KEY, reservation);
                return new Telling(false, e);
            }
            noteTold(connection, reservation);
            return new Telling(true, null);
        });
        if (telling.failure() != null) {
            throw telling.failure();
        }
        return telling.told();
    }

    @Override
    public List<Receipt> expire(Instant before) {
        return transactions.run(connection -> {
            List<Receipt> orphans = new ArrayList<>();
            try (PreparedStatement delete = connection.prepareStatement("""
                    delete from message.intake_key k where reserved_at < ?
                    returning subject, received, traceparent, not told and not exists (
                        select from message.mail m
                        where m.tenant = k.tenant and m.id = (k.received ->> 'messageId')::uuid
                          and m.received is not null) as orphan
                    """)) {
                Columns.set(delete, before);
                try (ResultSet row = delete.executeQuery()) {
                    while (row.next()) {
                        if (row.getBoolean("orphan")) {
                            orphans.add(receipt(row));
                        }
                    }
                }
            }
            return orphans;
        });
    }

    private static void deleteExpired(Connection connection, Reservation wanted, Instant expiry) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from message.intake_key" + OF_KEY + " and told and reserved_at < ?")) {
            Columns.set(
                    delete,
                    wanted.by().tenant().value(),
                    wanted.by().subject(),
                    wanted.key().value(),
                    expiry);
            delete.executeUpdate();
        }
    }

    private static boolean insert(Connection connection, Reservation wanted) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into message.intake_key
                    (tenant, subject, key, fingerprint, received, traceparent, reserved_at)
                values (?, ?, ?, ?, ?::jsonb, ?, ?) on conflict do nothing
                """)) {
            Columns.set(
                    insert,
                    wanted.by().tenant().value(),
                    wanted.by().subject(),
                    wanted.key().value(),
                    wanted.fingerprint().value().hex(),
                    Columns.json(wanted.receipt().event()),
                    wanted.receipt().trace().traceparent(),
                    wanted.at());
            return insert.executeUpdate() == 1;
        }
    }

    private static Optional<Reservation> select(Connection connection, Reservation wanted) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select subject, fingerprint, received, traceparent, reserved_at from message.intake_key" + OF_KEY)) {
            Columns.set(
                    select,
                    wanted.by().tenant().value(),
                    wanted.by().subject(),
                    wanted.key().value());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Reservation(
                                wanted.by(),
                                wanted.key(),
                                new RequestFingerprint(ContentHash.of(row.getString("fingerprint"))),
                                receipt(row),
                                Columns.time(row, "reserved_at")))
                        : Optional.empty();
            }
        }
    }

    /** Whether the reservation was told, once nobody else is at it; empty where it is gone. */
    private static Optional<Boolean> lock(Connection connection, Reservation reservation) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select told, received ->> 'messageId' as id from message.intake_key" + OF_KEY + " for update")) {
            Columns.set(
                    select,
                    reservation.by().tenant().value(),
                    reservation.by().subject(),
                    reservation.key().value());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                                && row.getString("id")
                                        .equals(reservation.receipt().id().toString())
                        ? Optional.of(row.getBoolean("told"))
                        : Optional.empty();
            }
        }
    }

    private static void noteTold(Connection connection, Reservation reservation) {
        try {
            update(connection, "update message.intake_key set told = true" + OF_KEY, reservation);
        } catch (SQLException e) {
            // The broker has the message, and that is what counts: a repetition would tell the same again.
        }
    }

    private static void update(Connection connection, String sql, Reservation reservation) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            Columns.set(
                    update,
                    reservation.by().tenant().value(),
                    reservation.by().subject(),
                    reservation.key().value());
            update.executeUpdate();
        }
    }

    private static Receipt receipt(ResultSet row) throws SQLException {
        MailReceived received = Columns.document(row, "received", new TypeReference<>() {});
        return new Receipt(
                Objects.requireNonNull(received),
                row.getString("subject"),
                new TraceContext(row.getString("traceparent")));
    }

    private record Telling(
            boolean told, @org.jspecify.annotations.Nullable BrokerUnavailableException failure) {}
}
