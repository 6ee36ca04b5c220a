package org.postern.message.withdrawal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A mail server does not do what it was asked. */
public final class MailServerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String reason;
    private final transient @Nullable Duration after;

    /** What it means for what is to be done. */
    public enum Kind {
        /** The server does nothing for anybody now: it is away, busy, or does not know us. */
        SERVER,
        /** This mailbox cannot be worked on now. */
        MAILBOX,
        /** Something was changed by somebody else meanwhile: to be looked at again at once. */
        CHANGED,
        /** There is no such mailbox. */
        NO_MAILBOX,
        /** It will never do that. */
        NEVER
    }

    /**
     * @param reason a code, without anything of a mail or an address
     * @param after how long the server wants to be left alone; null where it did not say
     */
    public MailServerException(Kind kind, String reason, @Nullable Duration after, @Nullable Throwable cause) {
        super(reason, cause);
        this.kind = kind;
        this.reason = reason;
        this.after = after;
    }

    public MailServerException(Kind kind, String reason) {
        this(kind, reason, null, null);
    }

    /** What it means. */
    public Kind kind() {
        return kind;
    }

    /** A code for it. */
    public String reason() {
        return reason;
    }

    /** How long the server wants to be left alone. */
    public @Nullable Duration after() {
        return after;
    }
}
