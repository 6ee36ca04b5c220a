package org.postern.events.mail;

import org.jspecify.annotations.Nullable;

/**
 * What a mail server told of the SMTP session that a message came in by. Personal data: it is on {@code mail.received.v1}
 * alone.
 *
 * @param queueId the mail server's own name for the message, by which its log is searched; null where it was not told
 * @param authenticatedUser who logged in to send it; null where nobody did
 */
public record SmtpSession(
        @Nullable String queueId, @Nullable String authenticatedUser) {
    @Override
    public String toString() {
        return "SmtpSession[hidden]";
    }
}
