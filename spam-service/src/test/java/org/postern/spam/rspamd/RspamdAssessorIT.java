package org.postern.spam.rspamd;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.engine.Deadline;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.Client;
import org.postern.events.mail.MailClass;
import org.postern.spam.Assessor;
import org.postern.spam.AssessorContract;
import org.postern.spam.Body;
import org.postern.spam.Mail;
import org.postern.testsupport.RspamdEngine;

class RspamdAssessorIT implements AssessorContract {
    private static final RspamdEngine RSPAMD = new RspamdEngine();

    private static Assessor assessor;

    @BeforeAll
    static void start() {
        assessor = RspamdAssessorTest.assessorAt(URI.create(RSPAMD.start().get("postern.rspamd.url")));
    }

    @AfterAll
    static void stop() {
        RSPAMD.stop();
    }

    @Override
    public Assessor assessor() {
        return assessor;
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "127.0.0.1", "10.1.2.3", "2001:db8::1"})
    void getsAWholeAnswerAboutMailFromAnyNetwork(String ip) throws Exception {
        Mail mail = new Mail(
                Body.of(AssessorContract.mail("See you at ten.")),
                EnvelopeSender.of("alice@example.org"),
                List.of(MailAddress.of("bob@example.org")),
                new Client(ip, "mail.example.org", null),
                null);

        AssessmentResult result = assessor.assess(mail, Deadline.in(Duration.ofSeconds(20)));

        assertThat(result.inconclusive()).isNull();
        assertThat(result.authentication().spf()).isEqualTo(AuthenticationResult.NONE);
        assertThat(result.authentication().dmarc()).isEqualTo(AuthenticationResult.NONE);
    }

    @Test
    void doesNotTakeAMailForHamThatHasTheRulesSkipped() throws Exception {
        String pattern = "AJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

        AssessmentResult result =
                assessor.assess(Mail.of(Body.of(AssessorContract.mail(pattern))), Deadline.in(Duration.ofSeconds(20)));

        assertThat(result.mailClass()).isEqualTo(MailClass.INCONCLUSIVE);
    }
}
