package org.postern.spam.evaluation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.postern.engine.Deadline;
import org.postern.events.mail.AssessmentResult;
import org.postern.spam.Body;
import org.postern.spam.Mail;
import org.postern.spam.rspamd.RspamdAssessor;

/** A Rspamd that is asked beside the own analysis. */
final class EvaluationEngine {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private final RspamdAssessor assessor;

    EvaluationEngine(URI rspamd) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        this.assessor = new RspamdAssessor(client, rspamd);
    }

    AssessmentResult assess(byte[] mail) throws IOException, InterruptedException {
        return assessor.assess(Mail.of(Body.of(mail)), Deadline.in(DEADLINE));
    }
}
