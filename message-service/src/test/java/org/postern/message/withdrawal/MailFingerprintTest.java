package org.postern.message.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.MessageId;

class MailFingerprintTest {
    private static final MessageId ID = MessageId.random();
    private static final String STAMP = ID.toString();
    private static final String MAIL = "From: Ann <ann@example.com>\r\nSubject: A\r\n long one\r\n"
            + "Message-ID: <one@example.com>\r\n\r\nHello Bob.\r\nBye.\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Received: from a by b\r\n" + MAIL,
                "Received: from a by b\r\nX-Postern-Message: x\r\n" + MAIL + "\r\n\r\n",
                "From: Ann <ann@example.com>\nSubject: A long  one\nX-Added: 1\nMessage-ID: <one@example.com>\n\n"
                        + "Hello Bob.\nBye.\n",
                "From:Ann <ann@example.com>\r\nSubject:\r\n A long one\r\nMessage-Id: <one@example.com>\r\n\r\n"
                        + "Hello Bob.\r\nBye."
            })
    void knowsACopyThatMailServersHandled(String copy) {
        assertThat(print(MAIL).isThatOf(print(copy), List.of(STAMP), ID, true)).isTrue();
        assertThat(print(MAIL).isThatOf(print(copy), List.of(), ID, false)).isTrue();
        assertThat(print(MAIL).allows(copy.length())).isTrue();
    }

    @Test
    void takesNoMailForACopyThatHasTheMessageIdAlone() {
        String another = MAIL.replace("Bye.", "See you.");

        assertThat(print(MAIL).isThatOf(print(another), List.of(STAMP), ID, true))
                .isFalse();
        assertThat(print(MAIL).isThatOf(print(another), List.of(), ID, false)).isFalse();
    }

    @Test
    void takesNoMailOfTheSameTextForACopyThatAnotherDeliveryBroughtIn() {
        String another = MessageId.random().toString();

        assertThat(print(MAIL).isThatOf(print(MAIL), List.of(another), ID, true))
                .isFalse();
        assertThat(print(MAIL).isThatOf(print(MAIL), List.of(), ID, true)).isFalse();
        assertThat(print(MAIL).isThatOf(print(MAIL), List.of(STAMP, another), ID, true))
                .isFalse();
        assertThat(print(MAIL).isThatOf(print(MAIL), List.of(another), ID, false))
                .isFalse();
    }

    @Test
    void wantsEveryFieldOfAMailThatWeDidNotStamp() {
        String withoutOne = MAIL.replace("Subject: A\r\n long one\r\n", "");
        String withOther = MAIL.replace("ann@example.com>", "eve@example.com>");

        assertThat(print(MAIL).isThatOf(print(withoutOne), List.of(), ID, false))
                .isFalse();
        assertThat(print(MAIL).isThatOf(print(withOther), List.of(), ID, false)).isFalse();
    }

    @Test
    void looksForNoMessageIdThatIsNone() {
        assertThat(print(MAIL).internetId()).isEqualTo("<one@example.com>");
        assertThat(print("Message-ID: two words\r\n\r\n").internetId()).isNull();
        assertThat(print("Message-ID: <" + "a".repeat(600) + ">\r\n\r\n").internetId())
                .isNull();
        assertThat(print("Subject: none\r\n\r\n").internetId()).isNull();
    }

    @Test
    void readsNoHeadWithoutEnd() throws IOException {
        byte[] endless = ("X: " + "a".repeat(3 * 1024 * 1024)).getBytes(StandardCharsets.US_ASCII);

        assertThat(MailFingerprint.of(new ByteArrayInputStream(endless))).isEmpty();
    }

    private static MailFingerprint print(String mail) {
        try {
            return MailFingerprint.of(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
