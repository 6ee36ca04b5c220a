package org.postern.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Mails of one size, each different: engines remember what they have seen, and a benchmark of their memory says nothing
 * about mail.
 *
 * @param size bytes of a mail, about
 * @param seed the same seed gives the same mails
 */
record UniqueMails(int size, long seed) {
    private static final String[] WORDS =
            ("the of and a to in is you that it he was for on are as with his they at be this "
                            + "have from or one had by word but not what all were we when your can said there use an each which she "
                            + "meeting report invoice project budget schedule please find attached regards thanks update")
                    .split(" ");

    /** The mail of that number. */
    byte[] mail(int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + number);
        StringBuilder mail = new StringBuilder(size + 512);
        mail.append("From: Carol <carol@example.com>\r\nTo: Alice <alice@example.org>\r\nSubject: Report ")
                .append(number)
                .append("\r\nDate: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now()))
                .append("\r\nMessage-ID: <")
                .append(Long.toHexString(random.nextLong()))
                .append(
                        "@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>\r\n");
        while (mail.length() < size - 32) {
            paragraph(random, mail);
        }
        return mail.append("</body></html>\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void paragraph(SplittableRandom random, StringBuilder mail) {
        mail.append("<p>");
        int line = 0;
        for (int word = 0; word < 60; word++) {
            String next = WORDS[random.nextInt(WORDS.length)];
            mail.append(next).append(' ');
            line += next.length() + 1;
            if (line > 70) {
                mail.append("\r\n");
                line = 0;
            }
        }
        mail.append(String.format(Locale.ROOT, "%08x", random.nextInt())).append("</p>\r\n");
    }
}
