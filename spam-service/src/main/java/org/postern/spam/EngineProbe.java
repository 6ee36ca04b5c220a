package org.postern.spam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.postern.engine.Deadline;
import org.postern.engine.KeptAnswer;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailClass;

/**
 * Whether the engine really assesses: the GTUBE test mail must be spam, and a plain mail must get an answer with all that
 * makes one. An engine that answers a ping may assess nothing.
 */
public final class EngineProbe {
    private static final String HEADER = "From: <probe@postern.invalid>\r\nTo: <probe@postern.invalid>\r\n"
            + "Subject: probe\r\nDate: Mon, 02 Nov 2026 09:00:00 +0000\r\nMessage-ID: <probe@postern.invalid>\r\n"
            + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n";
    // In two halves, so that no filter of the world takes our sources for the test mail.
    private static final String GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";
    private static final String PLAIN = "Nothing to be found here.";

    private final Assessor assessor;
    private final Duration timeout;
    private final KeptAnswer<State> kept;

    /**
     * @param timeout how long each of the two assessments may take
     * @param keptFor how long an answer is given again without asking
     */
    public EngineProbe(Assessor assessor, Duration timeout, Duration keptFor) {
        this.assessor = assessor;
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
            AssessmentResult gtube = assess(GTUBE);
            if (gtube.mailClass() != MailClass.SPAM) {
                return State.broken("the GTUBE test mail came out as " + told(gtube), gtube.engine());
            }
            AssessmentResult plain = assess(PLAIN);
            if (plain.mailClass() == MailClass.INCONCLUSIVE) {
                return State.broken("a plain mail came out as " + told(plain), plain.engine());
            }
            return State.fine(plain.engine());
        } catch (IOException e) {
            throw new IllegalStateException("a body in memory can always be read", e);
        }
    }

    private AssessmentResult assess(String text) throws IOException, InterruptedException {
        byte[] mail = (HEADER + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return assessor.assess(Mail.of(Body.of(mail)), Deadline.in(timeout));
    }

    private static String told(AssessmentResult result) {
        InconclusiveCause cause = result.inconclusive();
        return cause == null ? result.mailClass().word() : result.mailClass().word() + " (" + cause.word() + ")";
    }

    /**
     * What was seen.
     *
     * @param healthy whether the engine assesses
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
