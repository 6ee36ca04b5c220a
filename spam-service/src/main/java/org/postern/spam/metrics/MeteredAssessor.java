package org.postern.spam.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import org.postern.engine.Deadline;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.InconclusiveCause;
import org.postern.spam.Assessor;
import org.postern.spam.Mail;

/** A assessor whose answers are counted and timed by class and reason: {@code postern.assessment}. */
public final class MeteredAssessor implements Assessor {
    private static final String NAME = "postern.assessment";

    private final Assessor assessor;
    private final MeterRegistry registry;

    public MeteredAssessor(Assessor assessor, MeterRegistry registry) {
        this.assessor = assessor;
        this.registry = registry;
    }

    @Override
    public AssessmentResult assess(Mail mail, Deadline deadline) throws IOException, InterruptedException {
        Timer.Sample sample = Timer.start(registry);
        AssessmentResult result = assessor.assess(mail, deadline);
        sample.stop(registry.timer(NAME, "class", result.mailClass().word(), "reason", reason(result)));
        return result;
    }

    private static String reason(AssessmentResult result) {
        InconclusiveCause inconclusive = result.inconclusive();
        return inconclusive == null ? "none" : inconclusive.word();
    }

    @Override
    public String engine() {
        return assessor.engine();
    }
}
