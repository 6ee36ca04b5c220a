package org.postern.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailObserverTest {
    private static final String MAIL = """
        From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>,
         other@example.net
        Subject: two
          lines
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain
        X-Of-A-Part: no

        Text
        --b
        Content-Type: application/pdf; name=a.pdf
        Content-Transfer-Encoding: base64

        JVBERi0=
        --b
        Content-Type: image/png
        Content-ID: <logo>

        picture
        --b--
        """.replace("\n", "\r\n");

    @Test
    void its_own_fields_and_its_files_are_shown_and_nothing_else() throws IOException {
        List<String> fields = new ArrayList<>();
        List<String> files = new ArrayList<>();
        MailContent content = read(new MailObserver() {
            @Override
            public void field(String name, String value) {
                fields.add(name + "=" + value);
            }

            @Override
            public void file(String part, @Nullable String name, String mediaType, InputStream decoded)
                    throws IOException {
                files.add(part + " " + name + " " + mediaType + " "
                        + new String(decoded.readAllBytes(), StandardCharsets.US_ASCII));
            }
        });

        assertThat(fields).contains("subject=two  lines").noneMatch(field -> field.startsWith("x-of-a-part"));
        assertThat(files).containsExactly("2 a.pdf application/pdf %PDF-", "3 null image/png picture");
        assertThat(content.attachments()).extracting(Attachment::size).containsExactly(5L, 7L);
    }

    @Test
    void a_file_that_nobody_reads_is_measured_all_the_same() throws IOException {
        assertThat(read(MailObserver.NONE).attachments())
                .extracting(Attachment::size)
                .containsExactly(5L, 7L);
    }

    @Test
    void mailboxes_are_read_with_their_names_decoded() {
        assertThat(HeaderText.mailboxes("=?utf-8?q?J=C3=B6rg?= <joerg@example.org>, other@example.net", 10))
                .containsExactly(new Mailbox("Jörg", "joerg", "example.org"), new Mailbox("", "other", "example.net"));
        assertThat(HeaderText.mailboxes("<<<>>>,;@@", 10)).hasSizeLessThanOrEqualTo(10);
    }

    private static MailContent read(MailObserver observer) throws IOException {
        return MailReader.read(
                new ByteArrayInputStream(MAIL.getBytes(StandardCharsets.US_ASCII)), Limits.defaults(), observer);
    }
}
