package org.postern.message;

import java.nio.charset.StandardCharsets;

/** Small mails. */
public final class TestMails {
    private TestMails() {}

    /** A mail with that subject. */
    public static byte[] plain(String subject) {
        return ("From: Ann <ann@example.com>\r\nTo: Bob <bob@example.org>\r\nSubject: " + subject
                        + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello Bob.\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
