package org.postern.message.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectedBodyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: a@example.org\r\n\r\nText",
                "From: a@example.org\n\nText",
                "From: a@example.org",
                "From alice Mon Jan 1\r\nSubject : old\r\n\r\n",
                "garbage first\r\nReceived: by x\r\n\r\n",
                "Subject: x\r\n folded\r\n\r\nbinary \0 text"
            })
    void letsAMailPass(String mail) throws IOException {
        assertThat(body(mail, InspectedBody.UNKNOWN_LENGTH).readAllBytes()).isEqualTo(bytes(mail));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nFrom: x\r\n",
                "no colon here\r\n\r\nFrom: x",
                " From: folded\r\n\r\n",
                "12:30 tea\r\n\r\n",
                ": x\r\n\r\n"
            })
    void stopsAtWhatIsNoMail(String text) {
        assertRefused(body(text, InspectedBody.UNKNOWN_LENGTH), Refusal.NOT_A_MAIL);
    }

    @Test
    void refusesTheEmptyBody() {
        assertRefused(body("", InspectedBody.UNKNOWN_LENGTH), Refusal.BODY_EMPTY);
    }

    @Test
    void refusesNulInTheHeaderBlock() {
        assertRefused(body("From: a\0b\r\n\r\n", InspectedBody.UNKNOWN_LENGTH), Refusal.NUL_BYTES);
    }

    @Test
    void doesNotEndWhereAnnouncedBytesAreMissing() {
        assertRefused(body("From: a\r\n\r\nText", 100), Refusal.BODY_TRUNCATED);
    }

    @Test
    void stopsAtAHeaderBlockThatIsTooLong() {
        InputStream body = new InspectedBody(
                new ByteArrayInputStream(bytes("From: a\r\n" + "X: y\r\n".repeat(200))),
                InspectedBody.UNKNOWN_LENGTH,
                1000);

        assertRefused(body, Refusal.HEADER_BLOCK_TOO_LARGE);
    }

    @Test
    void looksAtSingleBytesToo() throws IOException {
        InputStream body = body("A: b\n\nx", 7);

        int read = 0;
        while (body.read() >= 0) {
            read++;
        }

        assertThat(read).isEqualTo(7);
    }

    private static void assertRefused(InputStream body, Refusal refusal) {
        assertThatThrownBy(body::readAllBytes)
                .isInstanceOfSatisfying(
                        RefusedBodyException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    private static InputStream body(String text, long announced) {
        return new InspectedBody(new ByteArrayInputStream(bytes(text)), announced, 1 << 20);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
