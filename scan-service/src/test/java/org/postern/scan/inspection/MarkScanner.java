package org.postern.scan.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.postern.engine.Deadline;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.Severity;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.Body;
import org.postern.scan.Scanner;

/** An engine with one signature, which it finds in what is not packed; and that tells encrypted ZIPs, as clamd does. */
final class MarkScanner implements Scanner {
    static final String MARK = "THIS-IS-THE-VIRUS-OF-THE-TEST";

    private static final EngineVersion VERSION = EngineVersion.named("mark");
    private static final String ZIP_ENTRY = "PK\u0003\u0004";

    @Override
    public ScanResult scan(Body body, Deadline deadline) throws IOException {
        try (InputStream bytes = body.open()) {
            String text = new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
            if (text.contains(MARK)) {
                return answer(ScanVerdict.INFECTED, null, new ScanFinding("virus", Severity.CRITICAL, "Mark", null));
            }
            int zip = text.indexOf(ZIP_ENTRY);
            if (zip >= 0 && text.length() > zip + 6 && (text.charAt(zip + 6) & 1) == 1) {
                return answer(
                        ScanVerdict.UNSCANNABLE,
                        UnscannableReason.ENCRYPTED,
                        new ScanFinding("encrypted", Severity.MEDIUM, "Heuristics.Encrypted.Zip", null));
            }
            return new ScanResult(ScanVerdict.CLEAN, null, null, List.of(), VERSION, Duration.ZERO);
        }
    }

    private static ScanResult answer(
            ScanVerdict verdict, @org.jspecify.annotations.Nullable UnscannableReason reason, ScanFinding finding) {
        return new ScanResult(verdict, reason, null, List.of(finding), VERSION, Duration.ZERO);
    }

    @Override
    public String engine() {
        return "mark";
    }
}
