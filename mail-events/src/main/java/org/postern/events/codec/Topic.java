package org.postern.events.codec;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.events.Event;
import org.postern.events.identity.IdentityEvent;
import org.postern.events.identity.IdentityRevoked;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailAudit;
import org.postern.events.mail.MailDeleted;
import org.postern.events.mail.MailEvent;
import org.postern.events.mail.MailFeedback;
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailJudged;
import org.postern.events.mail.MailRecalled;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.MailReleased;
import org.postern.events.mail.MailRendered;
import org.postern.events.mail.MailScanned;
import org.postern.events.push.PushEvent;
import org.postern.events.push.PushOutcome;
import org.postern.events.push.StateChanged;

/**
 * The topics of the suite. Partition counts are equal where facts of one message must be joined. A topic without an event
 * type yet is reserved: its name is part of the contract, its event comes with the capability that produces it.
 */
public enum Topic {
    MAIL_RECEIVED("mail.received.v1", Key.MESSAGE, Duration.ofDays(7), MailReceived.class),
    MAIL_SCANNED("mail.scanned.v1", Key.MESSAGE, Duration.ofDays(30), MailScanned.class),
    MAIL_ASSESSED("mail.assessed.v1", Key.MESSAGE, Duration.ofDays(30), MailAssessed.class),
    MAIL_JUDGED("mail.judged.v1", Key.MESSAGE, Duration.ofDays(30), MailJudged.class),
    MAIL_HANDED_OVER("mail.handed-over.v1", Key.MESSAGE, Duration.ofDays(30), MailHandedOver.class),
    MAIL_RENDERED("mail.rendered.v1", Key.MESSAGE, Duration.ofDays(30), MailRendered.class),
    MAIL_RECALLED("mail.recalled.v1", Key.MESSAGE, Duration.ofDays(30), MailRecalled.class),
    MAIL_RELEASED("mail.released.v1", Key.MESSAGE, Duration.ofDays(90), MailReleased.class),
    MAIL_DELETED("mail.deleted.v1", Key.MESSAGE, Duration.ofDays(90), MailDeleted.class),
    MAIL_FEEDBACK("mail.feedback.v1", Key.MESSAGE, Duration.ofDays(30), MailFeedback.class),
    MAIL_AUDIT("mail.audit.v1", Key.MESSAGE_OR_TENANT, Duration.ofDays(365), MailAudit.class),
    PUSH_STATE_CHANGED("push.state-changed.v1", Key.ACCOUNT, Duration.ofDays(1), StateChanged.class),
    PUSH_OUTCOME("push.outcome.v1", Key.ACCOUNT, Duration.ofDays(7), PushOutcome.class),
    /** Compacted, and kept longer than any access token lives. */
    IDENTITY_REVOKED("identity.revoked.v1", Key.SESSION_OR_SUBJECT, Duration.ofDays(7), IdentityRevoked.class);

    /** Partitions of every topic, so that the facts of one message meet in one consumer. */
    public static final int PARTITIONS = 6;

    /** What the records of a topic are keyed by. */
    public enum Key {
        MESSAGE,
        /** The message, or the tenant where an act is about no message. */
        MESSAGE_OR_TENANT,
        ACCOUNT,
        SESSION_OR_SUBJECT
    }

    private final String topicName;
    private final Key key;
    private final Duration retention;

    @SuppressWarnings("ImmutableEnumChecker") // a Class is immutable; the checker does not know it
    private final @Nullable Class<? extends Event> eventType;

    Topic(String topicName, Key key, Duration retention, @Nullable Class<? extends Event> eventType) {
        this.topicName = topicName;
        this.key = key;
        this.retention = retention;
        this.eventType = eventType;
    }

    /** The topic of that name, where it is one of ours. */
    public static Optional<Topic> named(String name) {
        return Arrays.stream(values())
                .filter(topic -> topic.topicName.equals(name))
                .findFirst();
    }

    /** The topic an event belongs to. */
    public static Topic of(Event event) {
        if (event instanceof MailEvent mail) {
            return ofMail(mail);
        }
        if (event instanceof PushEvent push) {
            return ofPush(push);
        }
        if (event instanceof IdentityEvent identity) {
            return ofIdentity(identity);
        }
        if (event instanceof MailAudit) {
            return MAIL_AUDIT;
        }
        throw new IllegalArgumentException("not an event of a known family: " + event.getClass());
    }

    private static Topic ofMail(MailEvent event) {
        return switch (event) {
            case MailReceived e -> MAIL_RECEIVED;
            case MailScanned e -> MAIL_SCANNED;
            case MailAssessed e -> MAIL_ASSESSED;
            case MailJudged e -> MAIL_JUDGED;
            case MailHandedOver e -> MAIL_HANDED_OVER;
            case MailRendered e -> MAIL_RENDERED;
            case MailFeedback e -> MAIL_FEEDBACK;
            case MailRecalled e -> MAIL_RECALLED;
            case MailReleased e -> MAIL_RELEASED;
            case MailDeleted e -> MAIL_DELETED;
        };
    }

    private static Topic ofPush(PushEvent event) {
        return switch (event) {
            case StateChanged e -> PUSH_STATE_CHANGED;
            case PushOutcome e -> PUSH_OUTCOME;
        };
    }

    private static Topic ofIdentity(IdentityEvent event) {
        return switch (event) {
            case IdentityRevoked e -> IDENTITY_REVOKED;
        };
    }

    /** Its name on Kafka. */
    public String topicName() {
        return topicName;
    }

    /** The name of the topic for records of it that cannot be handled. */
    public String deadLetters() {
        return topicName + ".dlq";
    }

    /** What its records are keyed by. */
    public Key key() {
        return key;
    }

    /** How long its records are kept by default. */
    public Duration retention() {
        return retention;
    }

    /** The type of its events; null while the topic is reserved. */
    public @Nullable Class<? extends Event> eventType() {
        return eventType;
    }

    /** The CloudEvents {@code type} of its events. */
    public String cloudEventType() {
        return "org.postern." + topicName;
    }
}
