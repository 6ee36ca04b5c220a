package org.postern.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Small mails with an attachment. */
public final class AttachedMail {
    private AttachedMail() {}

    /** A mail with nothing wrong in it. */
    public static byte[] clean() {
        return with("notes.txt", "Minutes of the meeting.\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** A mail with the EICAR test file. */
    public static byte[] infected() {
        return with("invoice.com", ScannerContract.eicar());
    }

    /** A mail with a zip file that needs a password. */
    public static byte[] encrypted() {
        try {
            return with("photos.zip", Files.readAllBytes(Path.of("src/test/resources/files/encrypted.zip")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] with(String name, byte[] attachment) {
        String encoded = Base64.getMimeEncoder().encodeToString(attachment);
        String mail = """
                From: Alice <alice@example.org>
                To: Bob <bob@example.org>
                Subject: as promised
                Date: Tue, 24 Nov 2026 02:00:00 +0000
                Message-ID: <1@example.org>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="=_edge"

                --=_edge
                Content-Type: text/plain; charset=us-ascii

                See the attachment.
                --=_edge
                Content-Type: application/octet-stream; name="%s"
                Content-Disposition: attachment; filename="%s"
                Content-Transfer-Encoding: base64

                %s
                --=_edge--
                """.formatted(name, name, encoded);
        return mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
