package org.postern.message.ledger;

import java.util.List;
import org.postern.events.mail.MailEvent;

/**
 * What becomes of a message.
 *
 * @param next its new state
 * @param announcements what is to be told about it
 */
public record Change(MessageState next, List<MailEvent> announcements) {
    public Change {
        announcements = List.copyOf(announcements);
    }
}
