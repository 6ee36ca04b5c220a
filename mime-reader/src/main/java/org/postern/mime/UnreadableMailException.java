package org.postern.mime;

import java.io.IOException;

/**
 * A mail is not one, or is larger than the limits. An {@link IOException}, so that it passes unchanged through whoever
 * streams the mail. The message names the rule and quotes nothing of the mail.
 */
public final class UnreadableMailException extends IOException {
    private static final long serialVersionUID = 1L;

    private final MailDefect defect;

    UnreadableMailException(MailDefect defect, String message) {
        super(message);
        this.defect = defect;
    }

    /** What is wrong with it. */
    public MailDefect defect() {
        return defect;
    }
}
