package org.postern.scan.inspection;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postern.engine.Deadline;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.Body;
import org.postern.scan.Scanner;

/**
 * The engine's scan and the own look, made into one answer: a signature weighs more than what could not be looked into,
 * that more than what is suspicious. Clean is what the engine called clean and the look found nothing in. Without an
 * answer of the engine there is none.
 *
 * <p>The body is opened again for each look, never held.
 */
public final class InspectingScanner implements Scanner {
    /** Naming the infected part is worth some time, not the answer. */
    private static final Duration FOR_NAMING = Duration.ofSeconds(5);

    private final Scanner engine;
    private final Inspector inspector;
    private final Semaphore looks;

    /** @param concurrency looks at once: they cost processor time, of which there is no more for more of them */
    public InspectingScanner(Scanner engine, Tools tools, int concurrency) {
        this.engine = engine;
        this.inspector = new Inspector(tools);
        this.looks = new Semaphore(concurrency, true);
    }

    @Override
    public String engine() {
        return engine.engine();
    }

    @Override
    public ScanResult scan(Body body, Deadline deadline) throws IOException, InterruptedException {
        long started = System.nanoTime();
        ScanResult scanned = engine.scan(body, deadline);
        // What the engine does not take is too large for us as well.
        if (scanned.verdict() == ScanVerdict.INCONCLUSIVE || scanned.unscannable() == UnscannableReason.TOO_LARGE) {
            return scanned;
        }
        if (!looks.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
            return ScanResult.inconclusive(InconclusiveCause.TIMED_OUT, scanned.engine(), since(started));
        }
        try {
            return inspected(body, deadline, scanned, started);
        } catch (PartScan.NoAnswerException e) {
            return ScanResult.inconclusive(cause(e.answer()), scanned.engine(), since(started));
        } catch (SpoolException e) {
            // No room to look: as good as no engine, and tried again.
            return ScanResult.inconclusive(InconclusiveCause.ENGINE_DOWN, scanned.engine(), since(started));
        } finally {
            looks.release();
        }
    }

    private ScanResult inspected(Body body, Deadline deadline, ScanResult scanned, long started) throws IOException {
        Inspection inspection = inspector.look(body, part(deadline), deadline);
        List<Seen> all = new ArrayList<>(inspection.seen());
        if (scanned.verdict() == ScanVerdict.INFECTED) {
            all.addAll(named(body, deadline, scanned));
        } else if (!(inspection.openedAll() && isEncryptedOnly(scanned))) {
            scanned.findings().forEach(one -> all.add(new Seen(one, scanned.verdict(), scanned.unscannable())));
        } else {
            // The engine tells one thing of a mail: what was opened may have hidden what it says of the rest.
            inspector.besides(inspection.openedPaths(), body, part(deadline), deadline).stream()
                    .filter(one -> !all.contains(one))
                    .forEach(all::add);
        }
        return merged(all, inspection, scanned, since(started));
    }

    /** The engine's findings, with the part that they are in where that can be found. */
    private List<Seen> named(Body body, Deadline deadline, ScanResult scanned) throws IOException {
        List<Seen> whole = scanned.findings().stream()
                .map(finding -> new Seen(finding, ScanVerdict.INFECTED, null))
                .toList();
        try {
            Deadline by = deadline.orIn(FOR_NAMING);
            List<Seen> parts = inspector.locate(body, part(by), by);
            return parts.isEmpty() ? whole : parts;
        } catch (PartScan.NoAnswerException | SpoolException e) {
            return whole;
        }
    }

    private PartScan part(Deadline deadline) {
        return content -> {
            try {
                return engine.scan(Body.of(content::open, content.size()), deadline);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SpoolException(new IOException("interrupted"));
            }
        };
    }

    private static boolean isEncryptedOnly(ScanResult scanned) {
        return scanned.unscannable() == UnscannableReason.ENCRYPTED;
    }

    private static ScanResult merged(List<Seen> all, Inspection inspection, ScanResult scanned, Duration took) {
        all.sort(Comparator.comparingInt((Seen one) -> rank(one.verdict()))
                .thenComparing(one -> one.finding().severity())
                .thenComparingInt(InspectingScanner::weight)
                .reversed());
        // An engine that says something without a finding is believed all the same.
        ScanVerdict verdict = scanned.verdict() == ScanVerdict.INFECTED
                ? ScanVerdict.INFECTED
                : all.isEmpty() ? ScanVerdict.CLEAN : all.getFirst().verdict();
        List<ScanFinding> findings = all.stream().map(Seen::finding).toList();
        return new ScanResult(
                verdict, reason(verdict, all), null, findings, scanned.engine(), took, inspection.parts());
    }

    /** Of several reasons the one that says most is told. */
    private static int weight(Seen one) {
        UnscannableReason reason = one.unscannable();
        return reason == null
                ? 0
                : switch (reason) {
                    case UNRECOGNISED -> 0;
                    case UNSUPPORTED -> 1;
                    case LIMIT, TOO_LARGE -> 2;
                    case MALFORMED -> 3;
                    case ENCRYPTED -> 4;
                    case TOO_DEEP -> 5;
                    case BOMB -> 6;
                };
    }

    private static @Nullable UnscannableReason reason(ScanVerdict verdict, List<Seen> all) {
        return verdict == ScanVerdict.UNSCANNABLE ? all.getFirst().unscannable() : null;
    }

    private static int rank(ScanVerdict verdict) {
        return switch (verdict) {
            case CLEAN -> 0;
            case SUSPICIOUS -> 1;
            case UNSCANNABLE -> 2;
            case INCONCLUSIVE -> 3;
            case INFECTED -> 4;
        };
    }

    private static InconclusiveCause cause(ScanResult answer) {
        InconclusiveCause cause = answer.inconclusive();
        return cause == null ? InconclusiveCause.UNRECOGNISED : cause;
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
