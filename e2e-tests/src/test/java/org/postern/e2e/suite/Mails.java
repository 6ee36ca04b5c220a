package org.postern.e2e.suite;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Small mails. Test patterns are put together here, so that no scanner trips over this project's own files. */
public final class Mails {
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
    private static final String GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

    private Mails() {}

    public static byte[] clean() {
        return text("Minutes of the meeting", "Please find the minutes below.\r\n\r\nRegards,\r\nCarol\r\n");
    }

    public static byte[] gtube() {
        return text("An offer", GTUBE + "\r\n");
    }

    public static byte[] eicar() {
        String attachment = Base64.getMimeEncoder().encodeToString(EICAR.getBytes(StandardCharsets.US_ASCII));
        return bytes(head("An invoice") + "Content-Type: multipart/mixed; boundary=b1\r\n\r\n"
                + "--b1\r\nContent-Type: text/plain\r\n\r\nSee the attachment.\r\n"
                + "--b1\r\nContent-Type: application/octet-stream; name=invoice.com\r\n"
                + "Content-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment; filename=invoice.com\r\n\r\n"
                + attachment + "\r\n--b1--\r\n");
    }

    public static byte[] newsletter() {
        return bytes(head("News of the week") + "Content-Type: text/html; charset=utf-8\r\n\r\n"
                + "<html><body><h1>News</h1><p>All is well.</p>"
                + "<img src=\"https://track.example.net/open?id=42\" width=\"1\" height=\"1\" alt=\"\">"
                + "</body></html>\r\n");
    }

    public static byte[] withRemoteImage() {
        return bytes(head("Our new logo") + "Content-Type: text/html; charset=utf-8\r\n\r\n"
                + "<html><body><p>Here it is.</p><img src=\"http://pictures.example.net/logo.png\" width=\"300\" height=\"90\""
                + " alt=\"logo\"><img src=\"https://track.example.net/open?id=42\" width=\"1\" height=\"1\" alt=\"\">"
                + "</body></html>\r\n");
    }

    public static byte[] text(String subject, String body) {
        return bytes(head(subject) + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + body);
    }

    private static String head(String subject) {
        return "From: Carol <carol@example.com>\r\nTo: Alice <alice@example.org>\r\nSubject: " + subject + "\r\n"
                + "Date: Sun, 1 Nov 2026 12:00:00 +0000\r\nMessage-ID: <" + UUID.randomUUID() + "@example.com>\r\n"
                + "MIME-Version: 1.0\r\n";
    }

    private static byte[] bytes(String mail) {
        return mail.getBytes(StandardCharsets.UTF_8);
    }
}
