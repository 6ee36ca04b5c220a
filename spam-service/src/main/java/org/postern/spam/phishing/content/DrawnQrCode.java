package org.postern.spam.phishing.content;

import java.util.stream.Stream;
import org.postern.events.mail.Severity;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;

/** A QR code is drawn with characters, where no reader of pictures looks. */
public final class DrawnQrCode implements Check {
    @Override
    public Stream<Detection> look(Facts facts) {
        return Detection.when(blocks(facts.mail().text()) >= FEWEST, "qr-code-drawn", Severity.HIGH);
    }

    private static int blocks(String text) {
        int blocks = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            blocks += c >= 0x2580 && c <= 0x259F ? 1 : 0;
        }
        return blocks;
    }

    private static final int FEWEST = 150;
}
