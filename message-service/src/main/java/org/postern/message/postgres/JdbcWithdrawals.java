package org.postern.message.postgres;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.database.Transactions;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.RecipientHash;
import org.postern.events.RecipientHashKey;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.MailRecalled;
import org.postern.events.mail.RecalledRecipient;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;
import org.postern.message.outbox.PendingEvent;
import org.postern.message.quarantine.Act;
import org.postern.message.quarantine.Actor;
import org.postern.message.withdrawal.Copy;
import org.postern.message.withdrawal.Goal;
import org.postern.message.withdrawal.Outcome;
import org.postern.message.withdrawal.Withdrawal;
import org.postern.message.withdrawal.Withdrawals;

/** What is to be withdrawn or restored, in PostgreSQL. */
public final class JdbcWithdrawals implements Withdrawals {
    private final Transactions transactions;
    private final KeptEvents events;
    private final RecipientHashKey hashKey;

    public JdbcWithdrawals(Transactions transactions, KeptEvents events, RecipientHashKey hashKey) {
        this.transactions = transactions;
        this.events = events;
        this.hashKey = hashKey;
    }

    @Override
    public int keep(MailRecalled event, Instant now) {
        return transactions.run(connection -> {
            Optional<MessageState> known = MailRows.lockKnown(connection, event.tenant(), event.messageId());
            Receipt receipt = known.map(MessageState::receipt).orElse(null);
            if (receipt == null) {
                return 0;
            }
            Set<RecipientHash> recalled = new HashSet<>(event.recipients().stream()
                    .map(RecalledRecipient::recipient)
                    .toList());
            Actor service = Actor.service(event.tenant());
            int kept = 0;
            for (MailAddress recipient : receipt.event().envelope().recipients()) {
                if (recalled.contains(hashKey.hash(event.tenant(), recipient))) {
                    kept += WithdrawalRows.insert(connection, event, recipient, service, now);
                }
            }
            return kept;
        });
    }

    @Override
    public Optional<Withdrawal> take(Duration lease, Instant now, Instant tooFar) {
        return transactions.run(connection -> {
            try (PreparedStatement take = connection.prepareStatement("""
                    update message.withdrawal w set held_until = ?, attempts = w.attempts + 1
                    where (tenant, mail_id, recipient) = (
                        select tenant, mail_id, recipient from message.withdrawal
                        where state = 'waiting' and (due_at <= ? or due_at > ?) and (held_until <= ? or held_until > ?)
                        order by due_at limit 1 for update skip locked)
                    returning tenant, mail_id, address, revision, goal, actor, since, attempts
                    """)) {
                Columns.set(take, now.plus(lease), now, tooFar, now, tooFar);
                try (ResultSet row = take.executeQuery()) {
                    return row.next() ? Optional.of(WithdrawalRows.withdrawal(row)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<Copy> copies(Withdrawal withdrawal) {
        return transactions.run(connection -> WithdrawalRows.copies(connection, withdrawal));
    }

    @Override
    public boolean note(Withdrawal withdrawal, List<Copy> copies) {
        return transactions.run(connection -> {
            if (!WithdrawalRows.lockIfWanted(connection, withdrawal)) {
                return false;
            }
            for (Copy copy : copies) {
                WithdrawalRows.note(connection, withdrawal, copy);
            }
            return true;
        });
    }

    @Override
    public void settle(Withdrawal withdrawal, Outcome outcome, Instant now) {
        events.tell(transactions.run(connection -> {
            if (!WithdrawalRows.lockIfWanted(connection, withdrawal)) {
                WithdrawalRows.letGo(connection, withdrawal, now);
                return List.<PendingEvent>of();
            }
            WithdrawalRows.settle(connection, withdrawal, outcome, now);
            if (withdrawal.goal() == Goal.RESTORED && outcome.success()) {
                WithdrawalRows.forgetCopies(connection, withdrawal);
            }
            Act act = Act.on(
                    withdrawal.message(),
                    actor(withdrawal),
                    withdrawal.goal() == Goal.WITHDRAWN ? AuditedAct.COPIES_WITHDRAWN : AuditedAct.COPIES_RESTORED,
                    outcome.success() ? AuditOutcome.DONE : AuditOutcome.FAILED,
                    "recipient:" + hashKey.hash(withdrawal.tenant(), withdrawal.recipient()),
                    outcome.copies() == 0 ? outcome.code() : outcome.code() + " " + outcome.copies(),
                    now);
            AuditRows.insert(connection, act);
            return List.of(events.keep(connection, act.event(), TraceContext.start()));
        }));
    }

    private Actor actor(Withdrawal withdrawal) {
        Actor service = Actor.service(withdrawal.tenant());
        return withdrawal.actor().equals(service.name())
                ? service
                : Actor.subject(hashKey, withdrawal.tenant(), withdrawal.actor());
    }

    @Override
    public void retry(Withdrawal withdrawal, Instant due, String reason, Instant now) {
        transactions.run(connection -> {
            if (WithdrawalRows.lockIfWanted(connection, withdrawal)) {
                WithdrawalRows.retry(connection, withdrawal, due, reason);
            }
            WithdrawalRows.letGo(connection, withdrawal, now);
            return true;
        });
    }

    @Override
    public List<MailAddress> ask(
            Tenant tenant, MessageId message, @Nullable Set<String> wanted, Goal goal, Actor actor, Instant now) {
        return transactions.run(connection -> {
            List<MailAddress> asked = new ArrayList<>();
            // One that somebody has in hand stays in their hands until they let it go: nobody else may begin meanwhile.
            try (PreparedStatement ask = connection.prepareStatement("""
                    update message.withdrawal set goal = ?, actor = ?, state = 'waiting', since = ?, due_at = ?,
                        attempts = 0, outcome = null, copies = 0, settled_at = null
                    where tenant = ? and mail_id = ? and (?::text[] is null or recipient = any (?::text[]))
                    and (goal <> ? or state = 'failed' or outcome in ('not-found', 'nothing-left'))
                    returning address
                    """)) {
                Array recipients = wanted == null ? null : connection.createArrayOf("text", wanted.toArray());
                Columns.set(
                        ask,
                        goal.word(),
                        actor.name(),
                        now,
                        now,
                        tenant.value(),
                        message.value(),
                        recipients,
                        recipients,
                        goal.word());
                try (ResultSet row = ask.executeQuery()) {
                    while (row.next()) {
                        asked.add(MailAddress.of(row.getString("address")));
                    }
                }
            }
            return asked;
        });
    }

    @Override
    public List<Progress> progress(Tenant tenant, MessageId message) {
        return transactions.run(connection -> WithdrawalRows.progress(connection, tenant, message));
    }

    @Override
    public long waiting() {
        return transactions.run(connection -> {
            try (PreparedStatement count = connection.prepareStatement(
                            "select count(*) from message.withdrawal where state = 'waiting'");
                    ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
