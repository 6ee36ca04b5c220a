package org.postern.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.postern.engine.Deadline;
import org.postern.engine.KeptAnswer;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;

/**
 * Whether the engine really scans: the EICAR test file must be found and a harmless text must not. An engine that answers
 * a ping may be unable to scan, and one without signatures calls everything clean.
 */
public final class EngineProbe {
    // In two halves, so that no scanner of the world takes our own jar for the test file.
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
    private static final String HARMLESS = "Subject: probe\r\n\r\nNothing to be found here.\r\n";

    private final Scanner scanner;
    private final Duration timeout;
    private final KeptAnswer<State> kept;

    /**
     * @param timeout how long each of the two scans may take
     * @param keptFor how long an answer is given again without asking
     */
    public EngineProbe(Scanner scanner, Duration timeout, Duration keptFor) {
        this.scanner = scanner;
        this.timeout = timeout;
        this.kept = new KeptAnswer<>(this::look, keptFor);
    }

    /** The state of the engine, which may be as old as an answer is kept. */
    public State state() throws InterruptedException {
        return kept.recent();
    }

    /** The state of the engine now. */
    public State ask() throws InterruptedException {
        return kept.now();
    }

    private State look() throws InterruptedException {
        try {
            ScanResult eicar = scan(EICAR);
            if (eicar.verdict() != ScanVerdict.INFECTED) {
                return State.broken("the EICAR test file came out as " + told(eicar), eicar.engine());
            }
            ScanResult harmless = scan(HARMLESS);
            if (harmless.verdict() != ScanVerdict.CLEAN) {
                return State.broken("a harmless text came out as " + told(harmless), harmless.engine());
            }
            return State.fine(harmless.engine());
        } catch (IOException e) {
            throw new IllegalStateException("a body in memory can always be read", e);
        }
    }

    private ScanResult scan(String sample) throws IOException, InterruptedException {
        return scanner.scan(Body.of(sample.getBytes(StandardCharsets.US_ASCII)), Deadline.in(timeout));
    }

    private static String told(ScanResult result) {
        return result.inconclusive() == null
                ? result.verdict().word()
                : result.verdict().word() + " (" + result.inconclusive().word() + ")";
    }

    /**
     * What was seen.
     *
     * @param healthy whether the engine scans
     * @param reason why not; empty where it does
     */
    public record State(boolean healthy, String reason, EngineVersion engine) {
        static State fine(EngineVersion engine) {
            return new State(true, "", engine);
        }

        static State broken(String reason, EngineVersion engine) {
            return new State(false, reason, engine);
        }
    }
}
