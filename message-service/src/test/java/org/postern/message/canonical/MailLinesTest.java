package org.postern.message.canonical;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.ContentHash;

class MailLinesTest {
    private final Lines head = new Lines();
    private final TextHash body = new TextHash();
    private final MailLines lines = new MailLines(head, body);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A: 1\r\n b\r\nC: 2\r\n\r\none\r\n\r\ntwo\r\n",
                "A: 1\n b\nC: 2\n\none\n\ntwo\n",
                "A: 1\r\n b\nC: 2\r\n\none\n\r\ntwo\n\r\n\n\r\n",
                "A: 1\n b\nC: 2\n\none\n\ntwo"
            })
    void findsTheSameLinesHoweverTheyEnd(String mail) {
        write(mail);

        assertThat(head.told).containsExactly("A: 1", " b", "C: 2", "over");
        assertThat(body.hash()).isEqualTo(sha256("one\r\n\r\ntwo"));
    }

    @Test
    void takesALoneReturnForAnOctetOfItsLine() {
        write("A: \r1\r\r\n\r\na\r\rb\r");

        assertThat(head.told).containsExactly("A: \r1\r", "over");
        assertThat(body.hash()).isEqualTo(sha256("a\r\rb\r"));
    }

    @Test
    void takesALineWithoutAnEndForALineOfTheHead() {
        write("A: 1\r\nB: 2");

        assertThat(head.told).containsExactly("A: 1", "B: 2");
        assertThat(body.size()).isZero();
    }

    @Test
    void countsTheEndOfTheLastLineWhereItIsAskedTo() {
        write("\r\none\n\n\n");
        body.endLastLine();

        assertThat(body.size()).isEqualTo(5);
        assertThat(body.hash()).isEqualTo(sha256("one\r\n"));
    }

    @Test
    void endsNoLineOfWhatHasNone() {
        write("A: 1\r\n\r\n\r\n\r\n");
        body.endLastLine();

        assertThat(body.hash()).isEqualTo(sha256(""));
    }

    private void write(String mail) {
        // In pieces of all sizes: where one ends says nothing.
        byte[] octets = mail.getBytes(ISO_8859_1);
        int at = 0;
        for (int size = 1; at < octets.length; size++) {
            int length = Math.min(size, octets.length - at);
            lines.write(octets, at, length);
            at += length;
        }
        lines.close();
    }

    private static ContentHash sha256(String text) {
        try {
            return ContentHash.ofDigest(MessageDigest.getInstance("SHA-256").digest(text.getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Lines implements MailLines.Head {
        private final List<String> told = new ArrayList<>();
        private final StringBuilder line = new StringBuilder();

        @Override
        public void octet(byte octet) {
            line.append((char) (octet & 0xff));
        }

        @Override
        public void lineEnd() {
            told.add(line.toString());
            line.setLength(0);
        }

        @Override
        public void end() {
            told.add("over");
        }
    }
}
