package org.postern.message.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.postern.events.codec.EncodedEvent;
import org.postern.events.mail.MailHandedOver;

/** Notes that the newest judgement of a message was answered, and keeps the event of it, in one round trip. */
final class HandOverRows {
    /** So many numbers come where it was noted: the newest revision, and the sequence of the event. */
    static final int NOTED = 2;

    private HandOverRows() {}

    /**
     * Notes it where that is the newest judgement, and it was not noted before.
     *
     * @return the newest revision of the message, and the sequence of the event where it was noted; nothing where there is no
     *     such message
     */
    static List<Long> note(Connection connection, MailHandedOver event, EncodedEvent encoded, Instant now)
            throws SQLException {
        String whose = event.tenant().value();
        Object which = event.messageId().value();
        return new Together()
                // In a statement of its own, so that the next one begins when the lock is ours.
                .add("select revision from message.mail where tenant = ? and id = ? for update", whose, which)
                .add(
                        """
                        with answered as (
                            update message.judgement j set handed_over_at = ?, answered = ?::jsonb from message.mail m
                            where j.tenant = ? and j.mail_id = ? and j.revision = ? and j.handed_over_at is null
                                and m.tenant = j.tenant and m.id = j.mail_id and m.revision = j.revision
                            returning j.mail_id)
                        insert into message.outbox (tenant, mail_id, topic, key, headers, value, kept_at)
                        select ?, mail_id, ?, ?, ?::jsonb, ?, ? from answered returning sequence
                        """,
                        event.at(),
                        Columns.json(event.recipients()),
                        whose,
                        which,
                        event.revision(),
                        whose,
                        encoded.topic().topicName(),
                        encoded.key(),
                        Columns.json(encoded.headers()),
                        encoded.json(),
                        now)
                .run(connection);
    }
}
