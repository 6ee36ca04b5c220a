package org.postern.spam.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.MailFeedback;
import org.postern.spam.LearnedWords;

/** The words that were learned, in PostgreSQL. */
public final class JdbcLearnedWords implements LearnedWords {
    private static final int ROWS_AT_ONCE = 5_000;

    private final SpamDatabase database;
    private final Clock clock;

    public JdbcLearnedWords(SpamDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public int latest(Tenant tenant, MessageId mail) {
        return database.run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select revision from spam.learned where tenant = ? and mail_id = ?")) {
                select.setString(1, tenant.value());
                select.setObject(2, mail.value());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getInt(1) : 0;
                }
            }
        });
    }

    @Override
    public void keep(MailFeedback learned) {
        database.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into spam.learned (tenant, mail_id, revision, class, at) values (?, ?, ?, ?, ?)
                    on conflict (tenant, mail_id) do update
                    set revision = excluded.revision, class = excluded.class, at = excluded.at
                    where spam.learned.revision < excluded.revision
                    """)) {
                insert.setString(1, learned.tenant().value());
                insert.setObject(2, learned.messageId().value());
                insert.setInt(3, learned.revision());
                insert.setString(4, learned.mailClass().word());
                insert.setObject(5, clock.instant().atOffset(ZoneOffset.UTC));
                return insert.executeUpdate();
            }
        });
    }

    /**
     * Forgets words that were learned before a time, some at once.
     *
     * @return whether there may be more of them
     */
    public boolean forgetBefore(Instant time) {
        return database.run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("""
                    delete from spam.learned where (tenant, mail_id) in
                        (select tenant, mail_id from spam.learned where at < ? limit ? for update skip locked)
                    """)) {
                delete.setObject(1, time.atOffset(ZoneOffset.UTC));
                delete.setInt(2, ROWS_AT_ONCE);
                return delete.executeUpdate() == ROWS_AT_ONCE;
            }
        });
    }
}
