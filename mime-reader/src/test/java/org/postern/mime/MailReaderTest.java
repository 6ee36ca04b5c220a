package org.postern.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailReaderTest {
    private static final String HEAD = "From: a@example.org\nMIME-Version: 1.0\n";

    @Test
    void choosesTheBestAlternativeForEachWay() throws IOException {
        MailContent mail = read(HEAD + """
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/plain

                plain
                --a
                Content-Type: multipart/related; boundary=r

                --r
                Content-Type: text/html

                <b>html</b>
                --r
                Content-Type: image/gif
                Content-ID: <x@y>

                GIF
                --r--
                --a--
                --m
                Content-Type: application/pdf; name=a.pdf
                Content-Disposition: attachment; filename*=utf-8''%e2%82%ac.pdf
                Content-Transfer-Encoding: base64

                aGVsbG8=
                --m
                Content-Type: text/plain

                footer
                --m--
                """);

        assertThat(mail.html()).extracting(TextPart::part).containsExactly("1.2.1", "3");
        assertThat(mail.plain()).extracting(TextPart::part).containsExactly("1.1", "3");
        assertThat(mail.images()).extracting(InlineImage::contentId).containsExactly("x@y");
        assertThat(mail.attachments())
                .containsExactly(
                        new Attachment("1.2.2", null, "image/gif", 3, true, "x@y"),
                        new Attachment("2", "€.pdf", "application/pdf", 5, false, null));
    }

    @Test
    void showsTheOnlyAlternativeBothWays() throws IOException {
        MailContent mail = read(HEAD + """
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/html

                one
                --a
                Content-Type: text/html

                two
                --a--
                """);

        assertThat(mail.html()).extracting(TextPart::part).containsExactly("2");
        assertThat(mail.plain()).extracting(TextPart::part).containsExactly("2");
    }

    @ParameterizedTest
    @CsvSource({"utf-8, utf-8", "iso-8859-1, windows-1252", "koi8-r, koi8-r", "us-ascii, utf-8", "nonsense, utf-8"})
    void decodesWhatIsDeclaredOrMeant(String declared, String real) throws IOException {
        String text = real.equals("koi8-r") ? "привет" : "grüße €";
        byte[] head =
                (HEAD + "Content-Type: text/plain; charset=" + declared + "\n\n").getBytes(StandardCharsets.UTF_8);
        byte[] body = text.getBytes(Charset.forName(real));
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);

        MailContent mail = MailReader.read(new ByteArrayInputStream(all), Limits.defaults());

        assertThat(mail.html()).singleElement().extracting(TextPart::text).isEqualTo(text);
    }

    @Test
    void utf7IsNotRead() throws IOException {
        MailContent mail = read(HEAD + "Content-Type: text/html; charset=utf-7\n\n+ADw-script+AD4-");

        assertThat(mail.html()).singleElement().extracting(TextPart::text).isEqualTo("+ADw-script+AD4-");
    }

    @Test
    void namesShowWhatTheyAre() throws IOException {
        MailContent mail = read(HEAD + """
                Content-Type: application/x-a; name="../../=?utf-8?q?in=E2=80=AEfdp=2Eexe?="

                x""");

        assertThat(mail.attachments())
                .singleElement()
                .extracting(Attachment::name)
                .isEqualTo("infdp.exe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html><body>x</body></html>", "{\"a\": \"b\"}\n\nx", "hello\n\nworld", "X-Only: y\n\nz", "\n\n"
            })
    void whatIsNoMailIsNotRead(String text) {
        refused(text, Limits.defaults(), MailDefect.NOT_A_MAIL);
    }

    @Test
    void refusesNothingAndNul() {
        refused("", Limits.defaults(), MailDefect.EMPTY);
        refused("From: a\u0000@example.org\n\nx", Limits.defaults(), MailDefect.NUL_IN_HEADER);
    }

    @Test
    void keepsTheLimits() {
        Limits few = new Limits(2, 3, 300, 10, 10, 10);
        refused("From: a\nSubject: " + "x".repeat(300) + "\n\n", few, MailDefect.HEADER_TOO_LARGE);
        refused("From: a\n\n" + "x".repeat(11), few, MailDefect.TEXT_TOO_LARGE);
        String part = "--b\nContent-Type: application/x\n\nx\n";
        refused(
                "From: a\nContent-Type: multipart/mixed; boundary=b\n\n" + part.repeat(4),
                few,
                MailDefect.TOO_MANY_PARTS);
        refused(
                "From: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\nX: " + "x".repeat(400) + "\n\nx\n--b--\n",
                few,
                MailDefect.HEADER_TOO_LARGE);
        StringBuilder deep = new StringBuilder("From: a\n");
        for (int i = 0; i < 3; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        refused(deep + "\nx", few, MailDefect.TOO_DEEP);
    }

    @Test
    void aLargeAttachmentOnOneLineIsOnlyMeasured() throws IOException {
        MailContent mail = read(HEAD + "Content-Type: application/x\n\n" + "x".repeat(3_000_000));

        assertThat(mail.attachments())
                .singleElement()
                .extracting(Attachment::size)
                .isEqualTo(3_000_000L);
    }

    @Test
    void theGuardGivesTheSameBytes() throws IOException {
        byte[] mail = (HEAD + "\nbody\n").getBytes(StandardCharsets.UTF_8);

        assertThat(HeaderBlock.guard(new ByteArrayInputStream(mail), 1000).readAllBytes())
                .isEqualTo(mail);
        assertThat(HeaderBlock.read(new ByteArrayInputStream(mail), 1000).fields())
                .isEqualTo(2);
    }

    private static void refused(String text, Limits limits, MailDefect defect) {
        assertThatThrownBy(
                        () -> MailReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limits))
                .isInstanceOfSatisfying(UnreadableMailException.class, e -> assertThat(e.defect())
                        .isEqualTo(defect));
    }

    private static MailContent read(String text) throws IOException {
        return MailReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Limits.defaults());
    }
}
