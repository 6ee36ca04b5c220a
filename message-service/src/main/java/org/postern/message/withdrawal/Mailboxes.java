package org.postern.message.withdrawal;

import org.postern.events.MailAddress;

/** The mailboxes of a mail server. */
@FunctionalInterface
public interface Mailboxes {
    /**
     * Opens the mailbox of a recipient. Blocks.
     *
     * @throws MailServerException where it cannot be opened
     */
    Mailbox open(MailAddress recipient) throws MailServerException;
}
