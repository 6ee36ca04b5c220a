package org.postern.message.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.database.Transactions;
import org.postern.events.ContentHash;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.message.intake.TryFingerprint;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;
import org.postern.message.reception.SmtpTries;

/** The tries of mail servers in PostgreSQL. */
public final class JdbcSmtpTries implements SmtpTries {
    private final Transactions transactions;

    public JdbcSmtpTries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Writes a message that came from a mail server down, in the transaction that writes its receipt. */
    static void note(Together statements, MailReceived mail) {
        if (isTry(mail)) {
            statements.add(
                    """
                    insert into message.smtp_try (tenant, mail_id, fingerprint, sender, recipients, received_at)
                    values (?, ?, ?, ?, ?, ?) on conflict do nothing
                    """,
                    mail.tenant().value(),
                    mail.messageId().value(),
                    TryFingerprint.of(mail).value().hex(),
                    sender(mail),
                    mail.envelope().recipients().size(),
                    mail.receivedAt());
        }
    }

    /** Whether a mail server handed it in. */
    static boolean isTry(MailReceived mail) {
        return mail.path() == MailPath.MILTER;
    }

    /** The authenticated user who sent it, as a hash; null where there is none. */
    static @Nullable String sender(MailReceived mail) {
        ContentHash sender = TryFingerprint.sender(mail);
        return sender == null ? null : sender.hex();
    }

    @Override
    public Optional<Receipt> earlier(Tenant tenant, TryFingerprint fingerprint, Instant since) {
        return transactions.runApart(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                select t.mail_id from message.smtp_try t
                left join message.mail m on m.tenant = t.tenant and m.id = t.mail_id
                left join message.judgement j
                    on j.tenant = t.tenant and j.mail_id = t.mail_id and j.revision = m.revision
                where t.tenant = ? and t.fingerprint = ? and t.received_at >= ?
                order by coalesce(j.settled, false) desc, t.received_at desc limit 1
                """)) {
                Columns.set(select, tenant.value(), fingerprint.value().hex(), since);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? MailRows.find(connection, tenant, new MessageId(Columns.uuid(row, "mail_id")))
                                    .map(MessageState::receipt)
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public long recipientsSince(Tenant tenant, ContentHash sender, Instant since) {
        return transactions.runApart(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                select coalesce(sum(recipients), 0) as sent from message.smtp_try
                where tenant = ? and sender = ? and received_at >= ?
                """)) {
                Columns.set(select, tenant.value(), sender.hex(), since);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong("sent");
                }
            }
        });
    }

    @Override
    public void forget(Instant before) {
        transactions.run(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from message.smtp_try where received_at < ?")) {
                Columns.set(delete, before);
                return delete.executeUpdate();
            }
        });
    }
}
