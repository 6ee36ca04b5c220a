package org.postern.message.siem;

import org.postern.events.codec.Topic;

/** How much an event weighs for somebody who watches. */
enum Severity {
    /** It is as it should be. */
    NOTHING(1, 6),
    /** Somebody did something that is written down. */
    NOTED(3, 5),
    /** Something was held, refused or taken back. */
    ATTENTION(7, 4);

    private final int cef;
    private final int syslog;

    Severity(int cef, int syslog) {
        this.cef = cef;
        this.syslog = syslog;
    }

    /** From 0 to 10, as CEF has it. */
    int cef() {
        return cef;
    }

    /** From 0 to 7, as RFC 5424 has it (section 6.2.1). */
    int syslog() {
        return syslog;
    }

    /** By the topic, and by whether anything bad is said there. */
    static Severity of(Topic topic, boolean bad) {
        return switch (topic) {
            case MAIL_RECALLED -> ATTENTION;
            case MAIL_AUDIT, MAIL_RELEASED, MAIL_DELETED, MAIL_FEEDBACK -> NOTED;
            case MAIL_RECEIVED,
                    MAIL_SCANNED,
                    MAIL_ASSESSED,
                    MAIL_JUDGED,
                    MAIL_HANDED_OVER,
                    MAIL_RENDERED,
                    PUSH_STATE_CHANGED,
                    PUSH_OUTCOME,
                    IDENTITY_REVOKED -> bad ? ATTENTION : NOTHING;
        };
    }
}
