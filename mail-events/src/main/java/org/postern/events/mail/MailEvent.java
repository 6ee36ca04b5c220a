package org.postern.events.mail;

import org.postern.events.Event;
import org.postern.events.MessageId;

/** Something that happened to a message; its records are keyed by the message's id. */
public sealed interface MailEvent extends Event
        permits MailReceived,
                MailScanned,
                MailAssessed,
                MailJudged,
                MailHandedOver,
                MailRendered,
                MailFeedback,
                MailRecalled,
                MailReleased,
                MailDeleted {
    /** The message it happened to. */
    MessageId messageId();

    @Override
    default String key() {
        return messageId().toString();
    }
}
