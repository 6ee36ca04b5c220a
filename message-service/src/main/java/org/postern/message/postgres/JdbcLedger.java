package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.postern.database.Transactions;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.TraceContext;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.codec.EventCodec;
import org.postern.events.mail.MailEvent;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailRecalled;
import org.postern.message.LedgerUnavailableException;
import org.postern.message.judgement.Judgement;
import org.postern.message.ledger.Change;
import org.postern.message.ledger.HandedOver;
import org.postern.message.ledger.Ledger;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.Receipt;
import org.postern.message.outbox.PendingEvent;
import org.postern.message.verdict.Recall;

/** The ledger in PostgreSQL. */
public final class JdbcLedger implements Ledger {
    private final Transactions transactions;
    private final EventCodec codec;
    private final Clock clock;
    private final Consumer<List<PendingEvent>> committed;

    /** @param committed hears of events as soon as they are committed; must not block */
    public JdbcLedger(
            Transactions transactions, EventCodec codec, Clock clock, Consumer<List<PendingEvent>> committed) {
        this.transactions = transactions;
        this.codec = codec;
        this.clock = clock;
        this.committed = committed;
    }

    @Override
    public void change(Tenant tenant, MessageId id, Function<MessageState, Change> change) {
        if (begun(tenant, id, change)) {
            return;
        }
        tell(transactions.run(connection -> {
            Optional<MessageState> before = MailRows.lock(connection, tenant, id);
            return before.isEmpty() ? List.of() : applied(connection, before.get(), change);
        }));
    }

    /** Whether it was the first that is known of a message: its receipt, of which nothing follows yet. In one round trip. */
    private boolean begun(Tenant tenant, MessageId id, Function<MessageState, Change> change) {
        Change first = change.apply(MessageState.unknown(tenant, id));
        Receipt receipt = first.next().receipt();
        return receipt != null
                && first.next().judgement() == null
                && transactions.runApart(connection -> MailRows.begin(connection, receipt));
    }

    @Override
    public int changeOverdue(Instant now, Instant tooFar, int most, Function<MessageState, Change> change) {
        for (int i = 0; i < most; i++) {
            Optional<List<PendingEvent>> events = transactions.run(connection -> {
                Optional<MessageState> overdue = MailRows.lockOverdue(connection, now, tooFar);
                return overdue.isEmpty() ? Optional.empty() : Optional.of(applied(connection, overdue.get(), change));
            });
            if (events.isEmpty()) {
                return i;
            }
            tell(events.get());
        }
        return most;
    }

    @Override
    public Optional<MessageRecord> find(Tenant tenant, MessageId id) {
        return transactions.runApart(connection -> RecordRows.find(connection, tenant, id));
    }

    @Override
    public void handOver(MailHandedOver event, Receipt receipt) {
        EncodedEvent encoded = codec.encode(event, receipt.trace());
        List<Long> numbers;
        try {
            numbers =
                    transactions.runApart(connection -> HandOverRows.note(connection, event, encoded, clock.instant()));
        } catch (LedgerUnavailableException e) {
            // Not noted, or not known to be: nothing is done twice by noting it again, where it is repeated if it has
            // to be.
            tell(transactions.run(connection -> noted(connection, event, receipt)));
            return;
        }
        if (numbers.size() == HandOverRows.NOTED) {
            tell(List.of(new PendingEvent(numbers.getLast(), encoded)));
        } else if (!numbers.isEmpty() && numbers.getFirst() > event.revision()) {
            tell(transactions.run(connection -> noted(connection, event, receipt)));
        }
    }

    /** Notes it whichever judgement is the newest: one may have overtaken the note that the one before it was answered. */
    private List<PendingEvent> noted(Connection connection, MailHandedOver event, Receipt receipt) throws SQLException {
        OptionalInt newest = MailRows.lockedRevision(connection, event.tenant(), event.messageId());
        try (PreparedStatement update = connection.prepareStatement("""
                update message.judgement set handed_over_at = ?, answered = ?::jsonb
                where tenant = ? and mail_id = ? and revision = ? and handed_over_at is null
                """)) {
            Columns.set(
                    update,
                    event.at(),
                    Columns.json(event.recipients()),
                    event.tenant().value(),
                    event.messageId().value(),
                    event.revision());
            return update.executeUpdate() == 0 ? List.of() : handedOver(connection, event, receipt, newest);
        }
    }

    private List<PendingEvent> handedOver(
            Connection connection, MailHandedOver event, Receipt receipt, OptionalInt newest) throws SQLException {
        List<PendingEvent> events = new ArrayList<>(List.of(keep(connection, event, receipt.trace())));
        if (newest.orElse(0) > event.revision()) {
            MessageState state =
                    MailRows.find(connection, event.tenant(), event.messageId()).orElseThrow();
            Judgement judgement = Objects.requireNonNull(state.judgement());
            HandedOver last = Objects.requireNonNull(state.handedOver());
            Optional<MailRecalled> recall =
                    Recall.of(state, last.judgement(), event.recipients(), null, judgement, event.at());
            if (recall.isPresent()) {
                events.add(keep(connection, recall.get(), receipt.trace()));
            }
        }
        return events;
    }

    private List<PendingEvent> applied(
            Connection connection, MessageState before, Function<MessageState, Change> change) throws SQLException {
        Change applied = change.apply(before);
        Together statements = new Together();
        if (!applied.next().equals(before)) {
            MailRows.write(statements, before, applied.next());
        }
        Receipt receipt = applied.next().receipt();
        if (receipt != null && before.receipt() == null) {
            JdbcSmtpTries.note(statements, receipt.event());
        }
        TraceContext trace = receipt == null ? TraceContext.start() : receipt.trace();
        List<EncodedEvent> encoded = new ArrayList<>();
        for (MailEvent event : applied.announcements()) {
            EncodedEvent told = codec.encode(event, trace);
            OutboxRows.keep(statements, event, told, clock.instant());
            encoded.add(told);
        }
        List<Long> sequences = statements.run(connection);
        List<PendingEvent> events = new ArrayList<>();
        for (int i = 0; i < encoded.size(); i++) {
            events.add(new PendingEvent(sequences.get(i), encoded.get(i)));
        }
        return events;
    }

    private PendingEvent keep(Connection connection, MailEvent event, TraceContext trace) throws SQLException {
        return OutboxRows.keep(connection, event, codec.encode(event, trace), clock.instant());
    }

    private void tell(List<PendingEvent> events) {
        if (!events.isEmpty()) {
            committed.accept(events);
        }
    }
}
