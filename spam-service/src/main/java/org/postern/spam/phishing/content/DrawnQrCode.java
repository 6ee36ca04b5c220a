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
        long blocks = facts.mail()
                .text()
                .chars()
                .filter(c -> c >= 0x2580 && c <= 0x259F)
                .count();
        return Detection.when(blocks >= FEWEST, "qr-code-drawn", Severity.HIGH);
    }

    private static final int FEWEST = 150;
}
