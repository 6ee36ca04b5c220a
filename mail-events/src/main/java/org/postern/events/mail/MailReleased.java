package org.postern.events.mail;

import java.time.Instant;
import java.util.List;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.RecipientHash;
import org.postern.events.Tenant;

/**
 * A message that was held was released to some of its recipients. Told when the mail server took it, or the caller was
 * given it, and not before.
 *
 * @param release the name of this release: a repeated request is the same release
 * @param recipients whom it was released to, one at least
 * @param actor who released it: the keyed hash of the subject of the access token, or {@code recipient:} and the keyed
 *     hash of a reader who followed a link of a digest
 */
public record MailReleased(
        MessageId messageId,
        Tenant tenant,
        EventId release,
        ReleaseMeans means,
        List<RecipientHash> recipients,
        String actor,
        Instant at)
        implements MailEvent {
    public MailReleased {
        recipients = List.copyOf(recipients);
    }

    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.released", "release-" + release);
    }
}
