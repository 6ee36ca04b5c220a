package org.postern.spam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.engine.Deadline;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.SenderAuthentication;

class EngineProbeTest {
    private static final EngineVersion ENGINE = EngineVersion.named("fake");

    private int assessments;

    @Test
    void isHealthyWhenTheTestMailIsSpamAndAPlainOneGetsAnAnswer() throws Exception {
        EngineProbe.State state = probe(MailClass.SPAM, MailClass.SUSPICIOUS).ask();

        assertThat(state.healthy()).isTrue();
        assertThat(state.reason()).isEmpty();
    }

    @Test
    void isNotHealthyWithoutTestPatterns() throws Exception {
        assertThat(probe(MailClass.HAM, MailClass.HAM).ask().reason()).isEqualTo("the GTUBE test mail came out as ham");
    }

    @Test
    void isNotHealthyWhenAPlainMailGetsNoAnswer() throws Exception {
        assertThat(probe(MailClass.SPAM, MailClass.INCONCLUSIVE).ask().reason())
                .isEqualTo("a plain mail came out as inconclusive (engine-down)");
    }

    @Test
    void asksOnceForManyQuestionsInAShortTime() throws Exception {
        EngineProbe probe = probe(MailClass.SPAM, MailClass.HAM);

        for (int i = 0; i < 10; i++) {
            probe.state();
        }

        assertThat(assessments).isEqualTo(2);
    }

    private EngineProbe probe(MailClass gtube, MailClass plain) {
        Assessor assessor = new Assessor() {
            @Override
            public AssessmentResult assess(Mail mail, Deadline deadline) throws IOException {
                assessments++;
                MailClass mailClass = isGtube(mail) ? gtube : plain;
                return mailClass == MailClass.INCONCLUSIVE
                        ? AssessmentResult.inconclusive(InconclusiveCause.ENGINE_DOWN, ENGINE, Duration.ZERO)
                        : result(mailClass);
            }

            @Override
            public String engine() {
                return "fake";
            }
        };
        return new EngineProbe(assessor, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    private static boolean isGtube(Mail mail) throws IOException {
        try (InputStream bytes = mail.body().open()) {
            return new String(bytes.readAllBytes(), StandardCharsets.US_ASCII).contains("GTUBE-STANDARD");
        }
    }

    private static AssessmentResult result(MailClass mailClass) {
        return new AssessmentResult(
                mailClass,
                null,
                0,
                15,
                SenderAuthentication.unverified(),
                List.of(),
                List.of(),
                ENGINE,
                Duration.ofMillis(1));
    }
}
