package org.postern.spam.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.postern.events.Tenant;
import org.postern.spam.Acquaintance;
import org.postern.spam.Contact;
import org.postern.spam.ContactHistory;
import org.postern.spam.Remembered;
import org.postern.spam.postgres.ContactHashes.Kind;

/** The contacts in PostgreSQL, as keyed hashes. */
public final class JdbcContactHistory implements ContactHistory {
    private static final int ROWS_AT_ONCE = 5_000;
    private static final byte[] NO_NAME = {};

    /** Once a day is enough for the last time that somebody was seen. */
    private static final Duration SEEN_ANEW = Duration.ofDays(1);

    private final SpamDatabase database;
    private final ContactHashes hashes;
    private final Limits limits;
    private final Clock clock;

    /**
     * How long and how much is kept.
     *
     * @param youngFor for how long after the first mail for a domain its history tells nothing
     * @param nameWithin how recently a name must have come from somewhere else
     * @param keptFor how long a contact is kept after its last mail
     * @param most contacts of a domain; of more, those go first that have been silent longest
     */
    public record Limits(Duration youngFor, Duration nameWithin, Duration keptFor, int most) {
        public Limits {
            if (youngFor.isNegative() || nameWithin.isNegative() || keptFor.isNegative() || most < 1) {
                throw new IllegalArgumentException("the limits of the contact history must not be negative");
            }
        }
    }

    public JdbcContactHistory(SpamDatabase database, ContactHashes hashes, Limits limits, Clock clock) {
        this.database = database;
        this.hashes = hashes;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Remembered look(Contact contact) {
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select
                        exists (select from spam.circle where tenant = ? and circle = any (?) and since <= ?) as old,
                        exists (select from spam.contact where tenant = ? and circle = any (?) and sender = ?
                            and first_mail <> ?) as known,
                        exists (select from spam.contact where tenant = ? and circle = any (?) and name = ?
                            and name <> ''::bytea and origin <> ? and last_seen > ?) as elsewhere,
                        (select count(*) from spam.contact where tenant = ? and circle = any (?) and sender = ?
                            and name = ? and last_seen >= ?) = ? as kept
                    """)) {
                Tenant tenant = contact.tenant();
                byte[][] circles = circles(contact);
                Parameters parameters = new Parameters(select);
                parameters
                        .text(tenant.value())
                        .all(circles)
                        .time(clock.instant().minus(limits.youngFor()));
                parameters
                        .text(tenant.value())
                        .all(circles)
                        .bytes(sender(contact))
                        .object(contact.mail().value());
                parameters
                        .text(tenant.value())
                        .all(circles)
                        .bytes(name(contact))
                        .bytes(origin(contact))
                        .time(clock.instant().minus(limits.nameWithin()));
                parameters
                        .text(tenant.value())
                        .all(circles)
                        .bytes(sender(contact))
                        .bytes(name(contact))
                        .time(clock.instant().minus(SEEN_ANEW))
                        .object((long) circles.length);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return new Remembered(acquaintance(row), row.getBoolean("kept"));
                }
            }
        });
    }

    private static @Nullable Acquaintance acquaintance(ResultSet row) throws SQLException {
        if (row.getBoolean("known")) {
            return Acquaintance.KNOWN;
        }
        // A name that came from elsewhere is telling however young the history is: it is known, that is enough.
        if (row.getBoolean("elsewhere")) {
            return Acquaintance.NAME_OF_ANOTHER;
        }
        return row.getBoolean("old") ? Acquaintance.FIRST_CONTACT : null;
    }

    @Override
    public void keep(Contact contact) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        database.run(connection -> {
            byte[][] circles = circles(contact);
            try (PreparedStatement insert = connection.prepareStatement("""
                    with told as (
                        insert into spam.circle (tenant, circle, since)
                        select ?, circle, ? from unnest(?) circle order by circle
                        on conflict (tenant, circle) do nothing)
                    insert into spam.contact (tenant, circle, sender, name, origin, first_mail, first_seen, last_seen)
                    select ?, circle, ?, ?, ?, ?, ?, ? from unnest(?) circle order by circle
                    on conflict (tenant, circle, sender, name) do update set last_seen = excluded.last_seen
                    where spam.contact.last_seen < ?
                    """)) {
                Parameters parameters = new Parameters(insert);
                parameters.text(contact.tenant().value()).object(now).all(circles);
                parameters
                        .text(contact.tenant().value())
                        .bytes(sender(contact))
                        .bytes(name(contact))
                        .bytes(origin(contact))
                        .object(contact.mail().value())
                        .object(now)
                        .object(now)
                        .all(circles)
                        .object(now.minus(SEEN_ANEW));
                return insert.executeUpdate();
            }
        });
    }

    /**
     * Forgets contacts that have been silent for too long, or of which a domain has too many, some at once.
     *
     * @return whether there may be more of them
     */
    public boolean forget() {
        Instant before = clock.instant().minus(limits.keptFor());
        return database.run(connection -> {
            int silent = delete(connection, """
                    delete from spam.contact where ctid = any (array(
                        select ctid from spam.contact where last_seen < ? limit ? for update skip locked))
                    """, before.atOffset(ZoneOffset.UTC));
            int tooMany = delete(connection, """
                    delete from spam.contact where ctid = any (array(
                        select c.ctid from (select tenant, circle, count(*) as n from spam.contact
                            group by tenant, circle having count(*) > ?) full_circle,
                        lateral (select k.ctid from spam.contact k
                            where k.tenant = full_circle.tenant and k.circle = full_circle.circle
                            order by k.last_seen limit full_circle.n - ?) c limit ?))
                    """, limits.most(), limits.most());
            return silent == ROWS_AT_ONCE || tooMany == ROWS_AT_ONCE;
        });
    }

    private static int delete(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            Parameters set = new Parameters(delete);
            for (Object parameter : parameters) {
                set.object(parameter);
            }
            set.object(ROWS_AT_ONCE);
            return delete.executeUpdate();
        }
    }

    private byte[][] circles(Contact contact) {
        return contact.domains().stream()
                .map(domain -> hashes.hash(contact.tenant(), Kind.CIRCLE, domain))
                .toArray(byte[][]::new);
    }

    private byte[] sender(Contact contact) {
        return hashes.hash(contact.tenant(), Kind.SENDER, contact.address());
    }

    private byte[] name(Contact contact) {
        return contact.name().isEmpty() ? NO_NAME : hashes.hash(contact.tenant(), Kind.NAME, contact.name());
    }

    private byte[] origin(Contact contact) {
        return hashes.hash(contact.tenant(), Kind.ORIGIN, contact.origin());
    }

    /** Sets parameters in their order. */
    private static final class Parameters {
        private final PreparedStatement statement;
        private int index;

        Parameters(PreparedStatement statement) {
            this.statement = statement;
        }

        Parameters text(String value) throws SQLException {
            statement.setString(++index, value);
            return this;
        }

        Parameters bytes(byte[] value) throws SQLException {
            statement.setBytes(++index, value);
            return this;
        }

        Parameters all(byte[][] values) throws SQLException {
            statement.setArray(++index, statement.getConnection().createArrayOf("bytea", values));
            return this;
        }

        Parameters time(Instant value) throws SQLException {
            return object(value.atOffset(ZoneOffset.UTC));
        }

        Parameters object(Object value) throws SQLException {
            statement.setObject(++index, value);
            return this;
        }
    }
}
