package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.postern.events.EventId;
import org.postern.events.MalformedValueException;
import org.postern.events.MessageId;
import org.postern.events.ObjectReference;
import org.postern.events.SubjectHash;
import org.postern.events.Tenant;

/**
 * Somebody said what a message is. A later revision takes back what an earlier one said: the opposite class is the undo.
 *
 * @param object where the body lies
 * @param mailClass what the message is said to be
 * @param actor who said it
 * @param revision 1 for the first word about the message, rising by one with each further one
 * @param at when it was said
 */
public record MailFeedback(
        MessageId messageId,
        Tenant tenant,
        ObjectReference object,
        @JsonProperty("class") FeedbackClass mailClass,
        SubjectHash actor,
        int revision,
        Instant at)
        implements MailEvent {
    public MailFeedback {
        if (revision < 1) {
            throw new MalformedValueException("mail feedback", "revision must be 1 or more");
        }
    }

    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.feedback", "revision-" + revision);
    }
}
