package org.postern.message.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.database.Transactions;
import org.postern.events.MailAddress;
import org.postern.events.Tenant;
import org.postern.message.digest.DigestUnsentException;
import org.postern.message.digest.Digests;
import org.postern.message.quarantine.Page;

/** In PostgreSQL: which readers were told of what. */
public final class JdbcDigests implements Digests {
    /** Slots are a day apart at most: who was told until so long after one was told by a clock that was ahead. */
    private static final Duration TOO_FAR = Duration.ofDays(2);

    private final Transactions transactions;
    private final Clock clock;

    public JdbcDigests(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * From reader to reader along the index of what is held, so that a page costs what its readers do, however much there is
     * of each. No address where there is nothing to tell.
     */
    static final String DUE = """
            with recursive held as (
                (select e.tenant, e.recipient from message.entry e
                where e.disposition = 'quarantine' and e.released_at is null and (e.tenant, e.recipient) > (?, ?)
                order by e.tenant, e.recipient limit 1)
                union all
                select n.tenant, n.recipient from held h cross join lateral (
                    select e.tenant, e.recipient from message.entry e
                    where e.disposition = 'quarantine' and e.released_at is null
                        and (e.tenant, e.recipient) > (h.tenant, h.recipient)
                    order by e.tenant, e.recipient limit 1) n
            ), page as (select * from held limit ?)
            select p.tenant, p.recipient, f.address, f.since
            from page p
            left join message.digest d
                on d.tenant = p.tenant and d.recipient = p.recipient and d.covered_until <= ?
            left join lateral (
                select e.address, greatest(d.covered_until, ?) as since from message.entry e
                where e.tenant = p.tenant and e.recipient = p.recipient
                    and e.disposition = 'quarantine' and e.released_at is null
                    and e.received_at >= greatest(d.covered_until, ?) and e.received_at < ?
                    and p.recipient like any (?)
                order by e.received_at limit 1) f on true
            order by p.tenant, p.recipient
            """;

    static void setDue(
            PreparedStatement select,
            List<String> domains,
            Instant since,
            Instant slot,
            @Nullable Place after,
            int most)
            throws SQLException {
        Array patterns = select.getConnection()
                .createArrayOf(
                        "text", domains.stream().map(JdbcDigests::pattern).toArray());
        Columns.set(
                select,
                after == null ? "" : after.tenant().value(),
                after == null ? "" : after.recipient(),
                most,
                slot.plus(TOO_FAR),
                since,
                since,
                slot,
                patterns);
    }

    @Override
    public Page<Reader, Place> due(List<String> domains, Instant since, Instant slot, @Nullable Place after, int most) {
        return transactions.run(connection -> due(connection, domains, since, slot, after, most));
    }

    static Page<Reader, Place> due(
            Connection connection, List<String> domains, Instant since, Instant slot, @Nullable Place after, int most)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(DUE)) {
            setDue(select, domains, since, slot, after, most);
            List<Reader> readers = new ArrayList<>();
            int looked = 0;
            Place last = null;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    looked++;
                    last = new Place(Tenant.of(row.getString("tenant")), row.getString("recipient"));
                    String address = row.getString("address");
                    if (address != null) {
                        readers.add(new Reader(last.tenant(), MailAddress.of(address), Columns.time(row, "since")));
                    }
                }
            }
            return new Page<>(readers, looked < most ? null : last);
        }
    }

    @Override
    public void tell(Reader reader, Instant slot, Telling telling) throws DigestUnsentException {
        Optional<DigestUnsentException> failure = transactions.run(connection -> {
            // Whoever comes second waits here for the first, and then finds that there is nothing to update.
            try (PreparedStatement note = connection.prepareStatement("""
                insert into message.digest as d (tenant, recipient, covered_until, told_at) values (?, lower(?), ?, ?)
                on conflict (tenant, recipient) do update
                set covered_until = excluded.covered_until, told_at = excluded.told_at
                where d.covered_until < excluded.covered_until or d.covered_until > ?
                """)) {
                Columns.set(
                        note,
                        reader.tenant().value(),
                        reader.address().value(),
                        slot,
                        clock.instant(),
                        slot.plus(TOO_FAR));
                if (note.executeUpdate() == 0) {
                    return Optional.empty();
                }
            }
            try {
                telling.tell();
                return Optional.empty();
            } catch (DigestUnsentException e) {
                connection.rollback();
                return Optional.of(e);
            }
        });
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static String pattern(String domain) {
        String literal = domain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return literal.startsWith("*.") ? "%@%" + literal.substring(1) : "%@" + literal;
    }
}
