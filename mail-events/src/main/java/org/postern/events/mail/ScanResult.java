package org.postern.events.mail;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.MalformedValueException;

/**
 * The answer of a scan, the same on Kafka and over REST.
 *
 * @param unscannable why it cannot be looked into; present when, and only when, the verdict is unscannable
 * @param inconclusive why there is no answer; present when, and only when, the verdict is inconclusive
 * @param findings what was found, the worst first
 * @param took from the first byte sent to the engine until its answer
 * @param parts the parts that were looked at, those with findings first; a finding {@code parts-not-listed} says that there
 *     were more. Null where only the engine looked at the whole
 */
public record ScanResult(
        ScanVerdict verdict,
        @Nullable UnscannableReason unscannable,
        @Nullable InconclusiveCause inconclusive,
        List<ScanFinding> findings,
        EngineVersion engine,
        Duration took,
        @Nullable List<ScannedPart> parts) {
    public ScanResult {
        findings = List.copyOf(findings);
        parts = parts == null ? null : List.copyOf(parts);
        // Written so that a verdict from a newer version, read as inconclusive without its cause, is still an event.
        if (verdict == ScanVerdict.INCONCLUSIVE && inconclusive == null) {
            inconclusive = InconclusiveCause.UNRECOGNISED;
        }
        if (verdict == ScanVerdict.UNSCANNABLE && unscannable == null) {
            unscannable = UnscannableReason.UNRECOGNISED;
        }
        if (verdict == ScanVerdict.CLEAN && (unscannable != null || inconclusive != null)) {
            throw new MalformedValueException("scan result", "clean must have no reason for doubt");
        }
    }

    /** A result without its parts. */
    public ScanResult(
            ScanVerdict verdict,
            @Nullable UnscannableReason unscannable,
            @Nullable InconclusiveCause inconclusive,
            List<ScanFinding> findings,
            EngineVersion engine,
            Duration took) {
        this(verdict, unscannable, inconclusive, findings, engine, took, null);
    }

    /** No answer, for this cause. */
    public static ScanResult inconclusive(InconclusiveCause cause, EngineVersion engine, Duration took) {
        return new ScanResult(ScanVerdict.INCONCLUSIVE, null, cause, List.of(), engine, took);
    }
}
