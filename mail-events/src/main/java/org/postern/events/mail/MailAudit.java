package org.postern.events.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postern.events.Event;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

/**
 * Somebody did something with a message or a setting, or tried to. Who it was is told by a keyed hash; no address, subject
 * or text is here.
 *
 * @param entry the name of this entry
 * @param actor the keyed hash of the subject of the access token; {@code recipient:} and a keyed hash for a reader who
 *     followed a link of a digest; {@code postern} where nobody asked; {@code unknown} where it could not be told, since
 *     there was no good token
 * @param messageId the message; null where the act is about none
 * @param target what else it is about: the id of a list entry, a webhook, a part; the route of a call; null where there is nothing
 * @param detail the code of the refusal or a word about the act; null where there is nothing to add
 */
public record MailAudit(
        EventId entry,
        Tenant tenant,
        String actor,
        AuditedAct act,
        AuditOutcome outcome,
        @Nullable MessageId messageId,
        @Nullable String target,
        @Nullable String detail,
        Instant at)
        implements Event {
    /** The message; where there is none, the tenant. */
    @Override
    public String key() {
        return messageId == null ? tenant.value() : messageId.toString();
    }

    @Override
    public EventId id() {
        return entry;
    }
}
