package org.postern.spam;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.Client;
import org.postern.events.mail.MailReceived;

/**
 * A mail with all that is known of how it came. Personal data: only the body is told apart from it in logs, and neither is
 * logged.
 *
 * @param body the mail itself
 * @param from the reverse-path; null where no envelope is known
 * @param recipients the forward-paths; empty where no envelope is known
 * @param client the host it came from
 * @param messageId Postern's id of it; null where it has none
 * @param tenant whose mail it is
 */
public record Mail(
        Body body,
        @Nullable EnvelopeSender from,
        List<MailAddress> recipients,
        Client client,
        @Nullable MessageId messageId,
        Tenant tenant) {
    public Mail {
        recipients = List.copyOf(recipients);
    }

    /** A mail of the default tenant. */
    public Mail(
            Body body,
            @Nullable EnvelopeSender from,
            List<MailAddress> recipients,
            Client client,
            @Nullable MessageId messageId) {
        this(body, from, recipients, client, messageId, Tenant.DEFAULT);
    }

    /** The same mail, its bytes read by way of something else. */
    public Mail withBody(Body other) {
        return new Mail(other, from, recipients, client, messageId, tenant);
    }

    /** A mail of which nothing but its bytes is known. */
    public static Mail of(Body body) {
        return new Mail(body, null, List.of(), Client.UNKNOWN, null);
    }

    /** A mail that was taken in. */
    public static Mail of(MailReceived received, Body body) {
        return new Mail(
                body,
                received.envelope().from(),
                received.envelope().recipients(),
                received.client(),
                received.messageId(),
                received.tenant());
    }

    @Override
    public String toString() {
        return "Mail[hidden]";
    }
}
