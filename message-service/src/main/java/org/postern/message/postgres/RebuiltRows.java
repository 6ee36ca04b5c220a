package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postern.database.Transactions;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.RecipientHash;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailAudit;
import org.postern.events.mail.MailDeleted;
import org.postern.events.mail.MailFeedback;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.MailReleased;
import org.postern.events.mail.MailRendered;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.RecipientOutcome;
import org.postern.message.judgement.FactSheet;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;
import org.postern.message.quarantine.Actor;
import org.postern.message.rebuild.History;

/** Writes the rows that follow from events, from events that were told long ago. */
public final class RebuiltRows implements History {
    private final Transactions transactions;
    private final RecipientHashKey hashKey;

    public RebuiltRows(Transactions transactions, RecipientHashKey hashKey) {
        this.transactions = transactions;
        this.hashKey = hashKey;
    }

    /** A database that was laid back may still have the message, and a store that was, its objects: both go. */
    @Override
    public boolean deleted(MailDeleted event) {
        return transactions.run(connection -> {
            Optional<MessageState> restored = MailRows.lockKnown(connection, event.tenant(), event.messageId());
            if (restored.isPresent()) {
                ErasureRows.begin(connection, restored.get(), Actor.service(event.tenant()), event.cause(), event.at());
                return true;
            }
            return update(
                            connection,
                            "insert into message.tombstone (tenant, id, deleted_at, cause) values (?, ?, ?, ?)"
                                    + " on conflict do nothing",
                            event.tenant().value(),
                            event.messageId().value(),
                            event.at(),
                            event.cause().word())
                    > 0;
        });
    }

    @Override
    public boolean received(Receipt receipt) {
        return transactions.run(connection -> {
            boolean written = change(
                    connection,
                    receipt.event().tenant(),
                    receipt.id(),
                    state -> state.receipt() != null
                            ? state
                            : new MessageState(
                                    state.tenant(),
                                    state.id(),
                                    receipt,
                                    state.facts(),
                                    state.judgement(),
                                    state.handedOver()));
            if (written) {
                // Its age is that of the message, not of this row.
                update(
                        connection,
                        "update message.mail set known_since = ? where tenant = ? and id = ?",
                        receipt.event().receivedAt(),
                        receipt.event().tenant().value(),
                        receipt.id().value());
                Together statements = new Together();
                JdbcSmtpTries.note(statements, receipt.event());
                statements.run(connection);
            }
            return written;
        });
    }

    @Override
    public boolean scanned(MailScanned event) {
        return fact(event.tenant(), event.messageId(), facts -> facts.with(event));
    }

    @Override
    public boolean assessed(MailAssessed event) {
        return fact(event.tenant(), event.messageId(), facts -> facts.with(event));
    }

    private boolean fact(Tenant tenant, MessageId id, UnaryOperator<FactSheet> with) {
        return transactions.run(connection -> change(
                connection,
                tenant,
                id,
                state -> new MessageState(
                        state.tenant(),
                        state.id(),
                        state.receipt(),
                        with.apply(state.facts()),
                        state.judgement(),
                        state.handedOver())));
    }

    @Override
    public boolean judged(MailJudged event) {
        return transactions.run(connection -> change(connection, event.tenant(), event.messageId(), state -> {
            Receipt receipt = state.receipt();
            Judgement newest = state.judgement();
            if (receipt == null || (newest != null && newest.revision() >= event.revision())) {
                return state;
            }
            Map<RecipientHash, MailAddress> addresses = addresses(receipt);
            List<RecipientJudgement> recipients = new ArrayList<>();
            for (RecipientOutcome outcome : event.recipients()) {
                MailAddress address = addresses.get(outcome.recipient());
                if (address == null) {
                    // Of another key of recipients: whose it is cannot be said.
                    return state;
                }
                recipients.add(new RecipientJudgement(address, outcome.disposition(), outcome.reasons()));
            }
            return new MessageState(
                    state.tenant(),
                    state.id(),
                    receipt,
                    state.facts(),
                    new Judgement(
                            event.revision(),
                            event.settled(),
                            event.verdict(),
                            event.mailClass(),
                            recipients,
                            event.at()),
                    state.handedOver());
        }));
    }

    @Override
    public boolean handedOver(MailHandedOver event) {
        return write(
                """
                update message.judgement set handed_over_at = ?, answered = ?::jsonb
                where tenant = ? and mail_id = ? and revision = ? and handed_over_at is null
                """,
                event.at(),
                Columns.json(event.recipients()),
                event.tenant().value(),
                event.messageId().value(),
                event.revision());
    }

    @Override
    public boolean rendered(MailRendered event) {
        return write(
                """
                insert into message.derived (tenant, mail_id, object_id)
                select tenant, id, ? from message.mail where tenant = ? and id = ? on conflict do nothing
                """,
                event.rendition().id().value(),
                event.tenant().value(),
                event.messageId().value());
    }

    @Override
    public boolean released(MailReleased event) {
        return transactions.run(connection -> {
            Optional<MessageState> state = MailRows.lockKnown(connection, event.tenant(), event.messageId());
            Receipt receipt = state.map(MessageState::receipt).orElse(null);
            if (receipt == null) {
                return false;
            }
            Map<RecipientHash, MailAddress> addresses = addresses(receipt);
            List<MailAddress> recipients = event.recipients().stream()
                    .flatMap(hash -> Optional.ofNullable(addresses.get(hash)).stream())
                    .toList();
            int written = update(
                    connection,
                    """
                    insert into message.release (tenant, mail_id, id, recipients, actor, means, requested_at, done_at)
                    values (?, ?, ?, ?::jsonb, ?, ?, ?, ?) on conflict do nothing
                    """,
                    event.tenant().value(),
                    event.messageId().value(),
                    event.release().value(),
                    Columns.json(recipients),
                    event.actor(),
                    event.means().word(),
                    event.at(),
                    event.at());
            for (MailAddress recipient : recipients) {
                update(
                        connection,
                        """
                        update message.entry set released_at = ?
                        where tenant = ? and mail_id = ? and recipient = ? and released_at is null
                        """,
                        event.at(),
                        event.tenant().value(),
                        event.messageId().value(),
                        recipient.folded());
            }
            return written > 0;
        });
    }

    @Override
    public boolean feedback(MailFeedback event) {
        return write(
                """
                insert into message.feedback (tenant, mail_id, revision, class, actor, at)
                select tenant, id, ?, ?, ?, ? from message.mail where tenant = ? and id = ? on conflict do nothing
                """,
                event.revision(),
                event.mailClass().word(),
                event.actor().value(),
                event.at(),
                event.tenant().value(),
                event.messageId().value());
    }

    @Override
    public boolean audited(MailAudit event) {
        MessageId message = event.messageId();
        return write(
                """
                insert into message.audit (tenant, at, entry, actor, act, outcome, mail_id, target, detail)
                values (?, ?, ?, ?, ?, ?, ?::uuid, ?, ?) on conflict do nothing
                """,
                event.tenant().value(),
                event.at(),
                event.entry().value(),
                event.actor(),
                event.act().word(),
                event.outcome().word(),
                message == null ? null : message.value(),
                event.target(),
                event.detail());
    }

    private boolean change(Connection connection, Tenant tenant, MessageId id, UnaryOperator<MessageState> change)
            throws SQLException {
        Optional<MessageState> before = MailRows.lock(connection, tenant, id);
        if (before.isEmpty()) {
            return false;
        }
        MessageState after = change.apply(before.get());
        if (after.equals(before.get())) {
            return false;
        }
        Together statements = new Together();
        MailRows.write(statements, before.get(), after);
        statements.run(connection);
        return true;
    }

    private Map<RecipientHash, MailAddress> addresses(Receipt receipt) {
        Map<RecipientHash, MailAddress> addresses = new HashMap<>();
        receipt.event()
                .envelope()
                .recipients()
                .forEach(address -> addresses.put(hashKey.hash(receipt.event().tenant(), address), address));
        return addresses;
    }

    private boolean write(String sql, @Nullable Object... values) {
        return transactions.run(connection -> update(connection, sql, values) > 0);
    }

    private static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            Columns.set(update, values);
            return update.executeUpdate();
        }
    }
}
