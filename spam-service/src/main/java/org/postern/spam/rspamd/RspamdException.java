package org.postern.spam.rspamd;

import org.jspecify.annotations.Nullable;
import org.postern.events.mail.InconclusiveCause;

/** There is no answer from Rspamd, for this cause. */
final class RspamdException extends Exception {
    private static final long serialVersionUID = 1L;

    private final InconclusiveCause why;
    private final boolean empty;

    private RspamdException(InconclusiveCause why, boolean empty, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.why = why;
        this.empty = empty;
    }

    static RspamdException unreachable(Throwable cause) {
        return new RspamdException(InconclusiveCause.ENGINE_DOWN, false, "Rspamd cannot be reached", cause);
    }

    static RspamdException late() {
        return new RspamdException(InconclusiveCause.TIMED_OUT, false, "Rspamd did not answer in time", null);
    }

    static RspamdException notUnderstood(String how) {
        return new RspamdException(InconclusiveCause.ANSWER_NOT_UNDERSTOOD, false, how, null);
    }

    /** An answer of status 204, with the length of a content that does not come: none to an HTTP client. */
    static RspamdException noContent(Throwable cause) {
        return new RspamdException(InconclusiveCause.ANSWER_NOT_UNDERSTOOD, true, "status 204", cause);
    }

    /** Whether Rspamd said that there is nothing to say. */
    boolean isNoContent() {
        return empty;
    }

    InconclusiveCause why() {
        return why;
    }
}
