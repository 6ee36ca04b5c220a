package org.postern.scan.clamav;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.Severity;
import org.postern.events.mail.UnscannableReason;

/**
 * What a name that clamd found means. ClamAV reports limits, encryption and macros in the form of findings; only the
 * others are viruses. The first kind whose prefix fits is the one.
 */
enum Detection {
    ENCRYPTED(
            "Heuristics.Encrypted.",
            ScanVerdict.UNSCANNABLE,
            UnscannableReason.ENCRYPTED,
            "encrypted",
            Severity.MEDIUM),
    LIMIT("Heuristics.Limits.Exceeded", ScanVerdict.UNSCANNABLE, UnscannableReason.LIMIT, "limit", Severity.MEDIUM),
    MACRO("Heuristics.OLE2.ContainsMacros", ScanVerdict.SUSPICIOUS, null, "macro", Severity.HIGH),
    PHISHING_HEURISTIC("Heuristics.Phishing.", ScanVerdict.SUSPICIOUS, null, "phishing", Severity.HIGH),
    PHISHING("Phishing.", ScanVerdict.SUSPICIOUS, null, "phishing", Severity.HIGH),
    UNWANTED("PUA.", ScanVerdict.SUSPICIOUS, null, "potentially-unwanted", Severity.MEDIUM),
    HEURISTIC("Heuristics.", ScanVerdict.SUSPICIOUS, null, "heuristic", Severity.HIGH),
    VIRUS("", ScanVerdict.INFECTED, null, "virus", Severity.CRITICAL);

    private final String prefix;
    private final ScanVerdict verdict;
    private final @Nullable UnscannableReason unscannable;
    private final String code;
    private final Severity severity;

    Detection(
            String prefix,
            ScanVerdict verdict,
            @Nullable UnscannableReason unscannable,
            String code,
            Severity severity) {
        this.prefix = prefix;
        this.verdict = verdict;
        this.unscannable = unscannable;
        this.code = code;
        this.severity = severity;
    }

    static Detection named(String name) {
        return Arrays.stream(values())
                .filter(kind -> name.startsWith(kind.prefix))
                .findFirst()
                .orElse(VIRUS);
    }

    ScanResult result(String name, EngineVersion engine, Duration took) {
        ScanFinding finding = new ScanFinding(code, severity, name, null, ClamAvScanner.ENGINE, null);
        return new ScanResult(verdict, unscannable, null, List.of(finding), engine, took);
    }
}
