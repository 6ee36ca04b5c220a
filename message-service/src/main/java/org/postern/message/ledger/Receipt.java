package org.postern.message.ledger;

import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.events.TraceContext;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.MailReceived;
import org.postern.message.policy.Circumstances;
import org.postern.message.policy.Lists;

/**
 * A message that was taken in.
 *
 * @param event what is told about it on {@code mail.received.v1}
 * @param submitter the subject that handed it in, who may ask for the verdict; null where a record does not say
 * @param trace the trace everything about it belongs to
 */
public record Receipt(MailReceived event, @Nullable String submitter, TraceContext trace) {
    /** What is known about the message without looking into it. */
    public Circumstances circumstances(Lists.Snapshot listed) {
        return new Circumstances(
                event.envelope().from(),
                event.object().size(),
                event.goesOut() ? MailDirection.OUTBOUND : MailDirection.INBOUND,
                listed.about(event));
    }

    /** The id of the message. */
    public MessageId id() {
        return event.messageId();
    }
}
