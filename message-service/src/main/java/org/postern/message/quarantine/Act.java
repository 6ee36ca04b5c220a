package org.postern.message.quarantine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.events.EventId;
import org.postern.events.MessageId;
import org.postern.events.mail.AuditOutcome;
import org.postern.events.mail.AuditedAct;
import org.postern.events.mail.MailAudit;

/**
 * What somebody did, or tried to do.
 *
 * @param messageId the message; null where it is about none
 * @param target what else it is about, by an id; null where there is nothing
 * @param detail a code or a word; null where there is nothing to add
 */
public record Act(
        EventId entry,
        Actor actor,
        AuditedAct act,
        AuditOutcome outcome,
        @Nullable MessageId messageId,
        @Nullable String target,
        @Nullable String detail,
        Instant at) {
    /** An act with a message. */
    public static Act on(
            MessageId message,
            Actor actor,
            AuditedAct act,
            AuditOutcome outcome,
            @Nullable String target,
            @Nullable String detail,
            Instant at) {
        return new Act(new EventId(UUID.randomUUID()), actor, act, outcome, message, target, detail, at);
    }

    /** An act with a setting. */
    public static Act setting(
            Actor actor, AuditedAct act, AuditOutcome outcome, String target, @Nullable String detail, Instant at) {
        return new Act(new EventId(UUID.randomUUID()), actor, act, outcome, null, target, detail, at);
    }

    /** What is told of it. */
    public MailAudit event() {
        return new MailAudit(entry, actor.tenant(), actor.told(), act, outcome, messageId, target, detail, at);
    }
}
