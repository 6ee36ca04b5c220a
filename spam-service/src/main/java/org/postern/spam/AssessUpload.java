package org.postern.spam;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.postern.engine.Deadline;
import org.postern.engine.EngineSlots;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;

/** Assesses a mail that somebody waits for: once, and whatever comes of it within the deadline is the answer. */
public final class AssessUpload {
    private final Assessor assessor;
    private final EngineSlots slots;
    private final Duration deadline;

    /** @param deadline from the first byte until the answer, waiting for a slot included */
    public AssessUpload(Assessor assessor, EngineSlots slots, Duration deadline) {
        this.assessor = assessor;
        this.slots = slots;
        this.deadline = deadline;
    }

    /**
     * Assesses a mail.
     *
     * @throws IOException the exception of the body's own stream, unchanged
     */
    public AssessmentResult assess(Mail mail) throws IOException, InterruptedException {
        Deadline by = Deadline.in(deadline);
        Optional<EngineSlots.Slot> slot = slots.forUpload(by);
        if (slot.isEmpty()) {
            return AssessmentResult.inconclusive(
                    InconclusiveCause.TIMED_OUT, EngineVersion.named(assessor.engine()), deadline);
        }
        try (EngineSlots.Slot held = slot.get()) {
            return assessor.assess(mail, by);
        }
    }
}
