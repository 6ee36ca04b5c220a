package org.postern.message.withdrawal;

import java.time.Instant;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

/**
 * What is to be done with the copies of a message in the mailbox of one recipient.
 *
 * @param revision the judgement that recalled the message
 * @param actor who asked for it, as the audit trail names them
 * @param since when it was asked for
 * @param attempts how often it was tried, this time included
 */
public record Withdrawal(
        Tenant tenant,
        MessageId message,
        MailAddress recipient,
        int revision,
        Goal goal,
        String actor,
        Instant since,
        int attempts) {}
