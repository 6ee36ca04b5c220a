package org.postern.scan.inspection;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Mails with one attachment. */
final class Mails {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder();

    private Mails() {}

    static byte[] with(String name, byte[] content) {
        return with("See attached.", name, "application/octet-stream", content);
    }

    /** A mail with one attachment more. */
    static byte[] with(String text, String name, byte[] content, String second, byte[] secondContent) {
        String mail = new String(with(text, name, "application/octet-stream", content), StandardCharsets.US_ASCII);
        String part = """
                --m
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="%s"
                Content-Transfer-Encoding: base64

                %s
                --m--
                """.formatted(second, LINES.encodeToString(secondContent));
        return mail.replace("--m--\r\n", part.replace("\r\n", "\n").replace("\n", "\r\n"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] with(String text, String name, String type, byte[] content) {
        String encoded =
                "=?utf-8?b?" + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8)) + "?=";
        String mail = """
                From: a@example.org
                To: b@example.org
                Subject: test
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: base64

                %s
                --m
                Content-Type: %s
                Content-Disposition: attachment; filename="%s"
                Content-Transfer-Encoding: base64

                %s
                --m--
                """.formatted(
                        LINES.encodeToString(text.getBytes(StandardCharsets.UTF_8)),
                        type,
                        encoded,
                        LINES.encodeToString(content));
        return mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
