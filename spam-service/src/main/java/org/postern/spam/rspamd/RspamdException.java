package org.postern.spam.rspamd;

import org.jspecify.annotations.Nullable;
import org.postern.events.mail.InconclusiveCause;

/** There is no answer from Rspamd, for this cause. */
final class RspamdException extends Exception {
    private static final long serialVersionUID = 1L;

    private final InconclusiveCause why;

    private RspamdException(InconclusiveCause why, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    static RspamdException unreachable(Throwable cause) {
        return new RspamdException(InconclusiveCause.ENGINE_DOWN, "Rspamd cannot be reached", cause);
    }

    static RspamdException late() {
        return new RspamdException(InconclusiveCause.TIMED_OUT, "Rspamd did not answer in time", null);
    }

    static RspamdException notUnderstood(String how) {
        return new RspamdException(InconclusiveCause.ANSWER_NOT_UNDERSTOOD, how, null);
    }

    InconclusiveCause why() {
        return why;
    }
}
