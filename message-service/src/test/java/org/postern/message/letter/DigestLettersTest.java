package org.postern.message.letter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.events.MailAddress;
import org.postern.message.digest.Digest;
import org.postern.message.digest.DigestPage;
import org.postern.message.digest.HeldMessage;
import org.postern.message.digest.HeldMessage.Why;
import org.postern.message.digest.Language;
import org.postern.mime.Limits;
import org.postern.mime.MailWalk;

class DigestLettersTest {
    private static final Instant NOW = Instant.parse("2026-11-29T06:00:00Z");
    private static final String LINK = "https://postern.example.org/v1/digest/abc-_.DEF";

    private final DigestLetters letters =
            new DigestLetters(MailAddress.of("quarantine@example.org"), ZoneId.of("Europe/Paris"));

    @Test
    void writes_a_mail_in_both_forms_that_any_server_takes() throws IOException {
        byte[] letter = letter(Language.EN, held("ann@example.com", "Gr\u00fc\u00dfe", Why.SPAM, LINK));

        String mail = new String(letter, US_ASCII);
        assertThat(letter).as("ASCII").doesNotContain((byte) 0xC3);
        assertThat(mail.replace("\r\n", "")).doesNotContain("\n", "\r");
        assertThat(mail.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(999));
        assertThat(mail)
                .contains(
                        "Auto-Submitted: auto-generated\r\n",
                        "From: quarantine@example.org\r\n",
                        "To: bob@example.org\r\n",
                        "Subject: Messages held back from you\r\n",
                        "Date: Sun, 29 Nov 2026 06:00:00 +0000\r\n",
                        "Message-ID: <");
        Map<String, String> parts = parts(letter);
        assertThat(parts.get("text/plain"))
                .contains(
                        "From: ann@example[.]com", "Subject: Gr\u00fc\u00dfe", "Bulk mail", LINK, "November 29, 2026");
        assertThat(parts.get("text/html"))
                .contains("<a href=\"" + LINK + "\">Release this message</a>", "<html lang=\"en\">");
    }

    @Test
    void writes_to_readers_in_french() throws IOException {
        byte[] letter = letter(Language.FR, held("", "", Why.PHISHING, null));

        assertThat(parts(letter).get("text/plain"))
                .contains(
                        "Messages retenus pour vous",
                        "(sans objet)",
                        "(sans exp\u00e9diteur)",
                        "Il se fait passer pour quelqu\u2019un d\u2019autre",
                        "29 novembre 2026",
                        "Seul un administrateur")
                .doesNotContain("/v1/digest/");
    }

    @Test
    void says_that_there_are_more_than_it_lists() throws IOException {
        byte[] letter =
                letters.letter(new Digest(MailAddress.of("bob@example.org"), Language.EN, List.of(), true, NOW), NOW);

        assertThat(parts(letter).get("text/html")).contains("There are more than are listed here");
    }

    @Test
    void names_no_reader_whose_address_the_head_cannot_hold() {
        Digest digest = new Digest(MailAddress.of("b\u00f6b@example.org"), Language.EN, List.of(), false, NOW);

        assertThat(new String(letters.letter(digest, NOW), UTF_8)).doesNotContain("\r\nTo:", "b\u00f6b");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/hostile-subjects.csv", numLinesToSkip = 1)
    void shows_what_a_mail_says_as_text_that_hides_and_links_nothing(String subject, String shown) throws IOException {
        assertThat(DigestLetters.harmless(subject)).isEqualTo(shown);

        HeldMessage held = held(subject, subject, Why.OTHER, LINK);
        Map<String, String> parts = parts(letter(Language.EN, held));
        assertThat(parts.get("text/plain")).contains("Subject: " + shown);
        for (String html : List.of(parts.get("text/html"), letters.page(DigestPage.ASK, Language.EN, held))) {
            assertThat(html)
                    .doesNotContain("<script", "<img", "\" onclick")
                    .contains(shown.replace("&", "&amp;")
                            .replace("<", "&lt;")
                            .replace(">", "&gt;")
                            .replace("\"", "&quot;")
                            .replace("'", "&#39;"));
        }
    }

    @ParameterizedTest
    @EnumSource(DigestPage.class)
    void has_a_page_for_all_that_may_become_of_a_link_and_a_button_only_where_it_asks(DigestPage page) {
        for (Language language : Language.values()) {
            String html = letters.page(page, language, null);

            assertThat(html)
                    .contains("<html lang=\"" + language.tag() + "\">")
                    .doesNotContain("{words", "{title", "src=");
            assertThat(html.contains("<form method=\"post\">")).isEqualTo(page == DigestPage.ASK);
        }
    }

    @Test
    void reads_the_subject_of_a_mail_and_no_more_of_it() {
        assertThat(subject("From: a@b.example\r\n"
                        + "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
                        + " von mir\r\n"
                        + "Subject: other\r\n\r\n"))
                .isEqualTo("Gr\u00fc\u00dfe von mir");
        assertThat(subject("From: a@b.example\r\n\r\nSubject: in the body\r\n")).isEmpty();
        assertThat(subject("")).isEmpty();
        assertThat(subject("Subject: a\u0000b\r\n\r\n")).isEmpty();
        assertThat(subject("Subject: " + "x".repeat(10_000) + "\r\n\r\n")).hasSize(121);
    }

    private String subject(String mail) {
        return letters.subject(new ByteArrayInputStream(mail.getBytes(UTF_8)));
    }

    private byte[] letter(Language language, HeldMessage... held) {
        return letters.letter(new Digest(MailAddress.of("bob@example.org"), language, List.of(held), false, NOW), NOW);
    }

    private static HeldMessage held(String sender, String subject, Why why, @Nullable String link) {
        return new HeldMessage(NOW, sender, subject, why, link);
    }

    private static Map<String, String> parts(byte[] letter) throws IOException {
        Map<String, String> parts = new HashMap<>();
        MailWalk.through(
                new ByteArrayInputStream(letter),
                Limits.defaults(),
                (part, decoded) -> parts.put(part.mediaType(), new String(decoded.readAllBytes(), UTF_8)));
        return parts;
    }
}
