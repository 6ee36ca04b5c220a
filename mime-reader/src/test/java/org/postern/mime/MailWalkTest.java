package org.postern.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailWalkTest {
    private static final String MAIL = """
            From: a@example.org
            Subject: =?utf-8?q?Rechnung_=E2=82=AC?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain; charset=utf-8

            plain
            --a
            Content-Type: text/html

            <b>html</b>
            --a--
            --m
            Content-Type: application/pdf; name="other.exe"
            Content-Disposition: attachment; filename*=utf-8''gpj%e2%80%ae.exe
            Content-Transfer-Encoding: base64

            aGVsbG8=
            --m
            Content-Type: message/rfc822

            From: b@example.org
            Subject: inner

            inner text
            --m--
            """;

    private final List<String> subjects = new ArrayList<>();
    private final List<MailPart> parts = new ArrayList<>();
    private final List<String> contents = new ArrayList<>();

    @Test
    void shows_every_part_with_its_place() throws IOException {
        walk(MAIL, Limits.defaults());

        assertThat(parts).extracting(MailPart::place).containsExactly("1.1", "1.2", "2", "3");
        assertThat(parts)
                .extracting(MailPart::mediaType)
                .containsExactly("text/plain", "text/html", "application/pdf", "message/rfc822");
        assertThat(parts).extracting(MailPart::isShownText).containsExactly(true, true, false, false);
        assertThat(contents.get(2)).isEqualTo("hello");
        assertThat(contents.get(3)).startsWith("From: b@example.org").contains("inner text");
    }

    /** Each is what some mail program saves the part as. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/octet-stream; name*=utf-8''a%2ejs",
                "Content-Type: application/octet-stream; name*0=\"a.\"; name*1=\"js\"",
                "Content-Type: application/octet-stream; name*1*=%6as; name*0*=utf-8''a.",
                "Content-Type: text/html; name*=utf-8''a.js",
                "Content-Disposition: attachment; filename=b.txt; filename=\"a.js\"",
                "Content-Disposition: attachment; filename=b.txt\nContent-Disposition: attachment; filename=a.js",
                "Content-Disposition: attachment, filename=\"a.js\"",
                "Content-Disposition: attachment filename=\"a.js\"",
                "Content-Disposition: filename=\"a.js\"",
                "Content-Disposition: attachment; filename='a.js'",
                "Content-Disposition: attachment; FileName =\n \"a.js\"",
                "Content-Disposition: attachment; filename*=utf-8''b.txt; filename*=utf-8''a.js",
                "Content-Disposition: attachment; filename*=utf-8''b.txt; filename*0*=utf-8''a.js",
                "Content-Disposition: attachment; filename*0=b.txt; filename*0=a.js",
                "Content-Disposition: attachment; filename*0=a.js; filename*0=b.txt",
                "Content-Disposition: attachment; filename*0=a; filename*0=.; filename*1=js",
                "Content-Disposition: attachment; filename*=utf-8''a; filename*1=.js",
            })
    void keeps_the_names_that_lenient_programs_read(String fields) throws IOException {
        walk("From: a@example.org\nMIME-Version: 1.0\n" + fields + "\n\nx\n", Limits.defaults());

        assertThat(parts.getFirst().names()).contains("a.js");
        assertThat(parts.getFirst().isShownText()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filename=my a.js", "filename = my a.js ; size=3", "size=3;filename=my a.js;x=y"})
    void keeps_a_name_with_spaces_and_without_quotes(String parameters) throws IOException {
        walk(
                "From: a@example.org\nMIME-Version: 1.0\nContent-Disposition: attachment; " + parameters + "\n\nx\n",
                Limits.defaults());

        assertThat(parts.getFirst().names()).contains("my a.js");
    }

    @Test
    void keeps_the_last_of_very_many_names() throws IOException {
        String harmless = "; filename=b.txt".repeat(1000);
        walk(
                "From: a@example.org\nMIME-Version: 1.0\nContent-Disposition: attachment" + harmless
                        + "; filename=a.js; rename\n\nx\n",
                Limits.defaults());

        assertThat(parts.getFirst().names()).contains("a.js");
    }

    @Test
    void takes_no_other_parameter_for_a_name() throws IOException {
        walk(
                "From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; x-username=a.js; codename*=b; rename\n\nx\n",
                Limits.defaults());

        assertThat(parts.getFirst().names()).isEmpty();
    }

    @Test
    void keeps_all_names_and_what_they_hide() throws IOException {
        walk(MAIL, Limits.defaults());

        assertThat(parts.get(2).names()).containsExactly("gpj\u202e.exe", "other.exe");
    }

    @Test
    void gives_the_subject_of_the_mail_alone() throws IOException {
        walk(MAIL, Limits.defaults());

        assertThat(subjects).hasSize(1);
        assertThat(subjects.getFirst().strip()).isEqualTo("Rechnung \u20ac");
    }

    @Test
    void numbers_the_only_part_as_one() throws IOException {
        walk("From: a@example.org\n\ntext\n", Limits.defaults());

        assertThat(parts).extracting(MailPart::place).containsExactly("1");
    }

    @Test
    void stops_at_the_limits() {
        assertThatThrownBy(() -> walk(MAIL, new Limits(1, 2000, 1_000_000, 1, 0, 0)))
                .isInstanceOfSatisfying(UnreadableMailException.class, e -> assertThat(e.defect())
                        .isEqualTo(MailDefect.TOO_DEEP));
        assertThatThrownBy(() -> walk(MAIL, new Limits(40, 3, 1_000_000, 1, 0, 0)))
                .isInstanceOfSatisfying(UnreadableMailException.class, e -> assertThat(e.defect())
                        .isEqualTo(MailDefect.TOO_MANY_PARTS));
    }

    @Test
    void passes_the_exception_of_its_visitor_on() {
        IOException own = new IOException("own");

        assertThatThrownBy(() -> MailWalk.through(stream(MAIL), Limits.defaults(), (part, decoded) -> {
                    throw own;
                }))
                .isSameAs(own);
    }

    private void walk(String mail, Limits limits) throws IOException {
        MailWalk.through(stream(mail), limits, new MailPartVisitor() {
            @Override
            public void subject(String subject) {
                subjects.add(subject);
            }

            @Override
            public void part(MailPart part, InputStream decoded) throws IOException {
                parts.add(part);
                contents.add(new String(decoded.readAllBytes(), StandardCharsets.UTF_8));
            }
        });
    }

    private static InputStream stream(String mail) {
        return new ByteArrayInputStream(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
