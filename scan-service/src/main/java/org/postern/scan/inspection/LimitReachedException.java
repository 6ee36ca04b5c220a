package org.postern.scan.inspection;

import java.io.IOException;

/** The rest is not looked at, because a limit was reached. */
public final class LimitReachedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;

    LimitReachedException(String code, String evidence) {
        super(evidence);
        this.code = code;
    }

    /** The code of the finding. */
    public String code() {
        return code;
    }

    /** Which limit, in words of ours. */
    public String evidence() {
        return String.valueOf(getMessage());
    }
}
