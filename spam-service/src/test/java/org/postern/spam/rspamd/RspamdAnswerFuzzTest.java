package org.postern.spam.rspamd;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.MailClass;

/** Whatever Rspamd answers, it is a whole answer with a class, or refused as none. */
class RspamdAnswerFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void readsAnyAnswer(byte[] document) {
        try {
            RspamdAnswer answer = RspamdAnswer.parse(document);
            Completeness.require(answer, true);
            AssessmentResult result =
                    Classification.result(answer, true, EngineVersion.named("rspamd"), Duration.ofMillis(1));
            assertThat(result.mailClass()).isNotEqualTo(MailClass.INCONCLUSIVE);
        } catch (RspamdException e) {
            assertThat(e.why()).isNotNull();
        }
    }
}
