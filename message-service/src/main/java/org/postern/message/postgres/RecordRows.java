package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.ledger.MessageState;
import org.postern.message.ledger.PastJudgement;
import org.postern.message.ledger.Receipt;

/** Reads a message with the history of its judgements, both in one round trip. */
final class RecordRows {
    private static final String SELECT = MailRows.FIND + """
            ;
            select revision, settled, judged_at, handed_over_at from message.judgement
            where tenant = ? and mail_id = ? order by revision
            """;

    private RecordRows() {}

    /** A message that was received; empty where there is none. */
    static Optional<MessageRecord> find(Connection connection, Tenant tenant, MessageId id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            Columns.set(select, tenant.value(), id.value(), tenant.value(), id.value());
            select.execute();
            MessageState state;
            try (ResultSet row = select.getResultSet()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                state = MailRows.state(row);
            }
            Receipt receipt = state.receipt();
            return receipt == null ? Optional.empty() : Optional.of(new MessageRecord(receipt, state, history(select)));
        }
    }

    private static List<PastJudgement> history(PreparedStatement select) throws SQLException {
        List<PastJudgement> history = new ArrayList<>();
        select.getMoreResults();
        try (ResultSet row = select.getResultSet()) {
            while (row.next()) {
                history.add(new PastJudgement(
                        row.getInt("revision"),
                        row.getBoolean("settled"),
                        Columns.time(row, "judged_at"),
                        row.getObject("handed_over_at") != null));
            }
        }
        return history;
    }
}
