package org.postern.events.mail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.ObjectId;
import org.postern.events.Tenant;

/**
 * A message was deleted: the keys of its body and of what was derived from it are destroyed, and nobody can read it any
 * more. Whoever keeps something about it deletes that too.
 *
 * @param objects the objects that were erased from the message store
 * @param actor who asked for it, as in {@link MailReleased}; null where nobody did
 */
public record MailDeleted(
        MessageId messageId,
        Tenant tenant,
        DeletionCause cause,
        List<ObjectId> objects,
        @Nullable String actor,
        Instant at)
        implements MailEvent {
    public MailDeleted {
        objects = List.copyOf(objects);
    }

    @Override
    public EventId id() {
        return EventId.of(messageId, "mail.deleted", "1");
    }
}
