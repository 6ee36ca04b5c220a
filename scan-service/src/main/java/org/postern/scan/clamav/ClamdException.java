package org.postern.scan.clamav;

import org.jspecify.annotations.Nullable;
import org.postern.events.mail.InconclusiveCause;

/** There is no answer from clamd, for this cause. */
final class ClamdException extends Exception {
    private static final long serialVersionUID = 1L;

    private final InconclusiveCause why;

    private ClamdException(InconclusiveCause why, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    static ClamdException unreachable(@Nullable Throwable cause) {
        return new ClamdException(InconclusiveCause.ENGINE_DOWN, "clamd cannot be reached", cause);
    }

    static ClamdException late() {
        return new ClamdException(InconclusiveCause.TIMED_OUT, "clamd did not answer in time", null);
    }

    static ClamdException notUnderstood(String how) {
        return new ClamdException(InconclusiveCause.ANSWER_NOT_UNDERSTOOD, how, null);
    }

    InconclusiveCause why() {
        return why;
    }
}
