package org.postern.message.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.edge.problem.ProblemException;
import org.postern.events.mail.ScanVerdict;
import org.postern.mime.MailPart;

class AttachmentsTest {
    private static final String MAIL = """
        From: ann@example.com
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=out

        --out
        Content-Type: multipart/alternative; boundary=in

        --in
        Content-Type: text/plain

        text
        --in
        Content-Type: text/html; name=page.html

        <script>alert(1)</script>
        --in--
        --out
        Content-Type: IMAGE/PNG
        Content-Transfer-Encoding: base64
        Content-Disposition: attachment; filename=dot.png

        aGVsbG8=
        --out
        Content-Type: message/rfc822

        From: eve@example.com

        inner
        --out--
        """.replace("\n", "\r\n");

    @Test
    void gives_each_part_decoded_under_a_type_that_runs_nothing() throws IOException {
        assertThat(given("1.1")).isEqualTo("text/plain part-1.1.txt text");
        assertThat(given("1.2")).isEqualTo("application/octet-stream page.html <script>alert(1)</script>");
        assertThat(given("2")).isEqualTo("image/png dot.png hello");
        assertThat(given("3")).isEqualTo("application/octet-stream part-3.eml From: eve@example.com\r\n\r\ninner");
    }

    @Test
    void gives_the_only_part_of_a_mail_that_has_no_others() throws IOException {
        byte[] mail = "Subject: x\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na=3Db".getBytes(UTF_8);

        assertThat(Attachments.type(Attachments.find(new ByteArrayInputStream(mail), "1")))
                .isEqualTo("text/plain");
        assertThat(copied(mail, "1")).isEqualTo("a=b");
    }

    @Test
    void knows_no_other_parts() {
        for (String place : List.of("4", "1.3", "1", "3.1", "2.1", "1.1.1")) {
            assertThatThrownBy(() -> Attachments.find(mail(), place))
                    .as(place)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("part-unknown"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "01", "1.", ".1", "1..1", "-1", "99999", "1/2", "../raw", "1%2e1", "\u0661", "1\n"})
    void refuses_what_numbers_no_part(String place) {
        assertThatThrownBy(() -> Attachments.place(place))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("part-malformed"));
    }

    @Test
    void says_what_cannot_be_taken_apart() {
        String deep = IntStream.range(0, 60)
                .mapToObj(i -> "Content-Type: multipart/mixed; boundary=b" + i + "x\r\n\r\n--b" + i + "x\r\n")
                .collect(Collectors.joining());

        assertThatThrownBy(() -> Attachments.find(new ByteArrayInputStream(deep.getBytes(UTF_8)), "1"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("parts-unreadable"));
    }

    @Test
    void reads_no_further_than_to_the_end_of_the_part() throws IOException {
        byte[] mail = (MAIL + "x".repeat(1_000_000)).getBytes(UTF_8);
        AtomicLong read = new AtomicLong();
        InputStream counted = new ByteArrayInputStream(mail) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                int n = super.read(bytes, offset, length);
                read.addAndGet(n);
                return n;
            }
        };

        Attachments.copy(counted, "1.1", new ByteArrayOutputStream());

        assertThat(read.get()).isLessThan(100_000);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/attachment-names.csv", numLinesToSkip = 1)
    void saves_under_a_name_that_is_one_and_ends_as_it_is_shown(String name, String plain, String encoded) {
        MailPart part = new MailPart("1", List.of(name), "text/plain", null, true);

        assertThat(SavedAs.disposition(Attachments.name(part)))
                .isEqualTo("attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded);
    }

    @ParameterizedTest
    @EnumSource(
            value = ScanVerdict.class,
            names = {"INFECTED", "INCONCLUSIVE"})
    void gives_nothing_of_what_is_infected_or_not_scanned(ScanVerdict verdict) {
        assertThatThrownBy(() -> Attachments.checkScan(verdict)).isInstanceOf(ProblemException.class);
    }

    private static String given(String place) throws IOException {
        MailPart part = Attachments.find(mail(), place);
        return Attachments.type(part) + " " + Attachments.name(part) + " " + copied(MAIL.getBytes(UTF_8), place);
    }

    private static InputStream mail() {
        return new ByteArrayInputStream(MAIL.getBytes(UTF_8));
    }

    private static String copied(byte[] mail, String place) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Attachments.copy(new ByteArrayInputStream(mail), place, out);
        return out.toString(UTF_8);
    }
}
