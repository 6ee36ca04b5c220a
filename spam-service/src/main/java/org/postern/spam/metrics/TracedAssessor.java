package org.postern.spam.metrics;

import java.io.IOException;
import org.postern.edge.tracing.Span;
import org.postern.edge.tracing.SpanAttribute;
import org.postern.edge.tracing.Tracing;
import org.postern.engine.Deadline;
import org.postern.events.mail.AssessmentResult;
import org.postern.spam.Assessor;
import org.postern.spam.Mail;

/** An assessor whose answers are part of the trace of their message. */
public final class TracedAssessor implements Assessor {
    private final Assessor assessor;
    private final Tracing tracing;

    public TracedAssessor(Assessor assessor, Tracing tracing) {
        this.assessor = assessor;
        this.tracing = tracing;
    }

    @Override
    public AssessmentResult assess(Mail mail, Deadline deadline) throws IOException, InterruptedException {
        try (Span span = tracing.engine(assessor.engine())) {
            AssessmentResult result = assessor.assess(mail, deadline);
            span.with(SpanAttribute.RESULT, result.mailClass().word());
            return result;
        }
    }

    @Override
    public String engine() {
        return assessor.engine();
    }
}
