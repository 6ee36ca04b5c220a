package org.postern.spam.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postern.events.DomainName;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.Finding;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.Severity;
import org.postern.events.mail.Symbol;
import org.postern.events.mail.Weighing;

class ReportTextTest {
    private static final AssessmentResult PHISHING = new AssessmentResult(
            MailClass.PHISHING,
            null,
            2.5,
            15,
            new SenderAuthentication(
                    AuthenticationResult.PASS,
                    List.of(new DkimSignature(
                            DomainName.of("example.com"), "s1", AuthenticationResult.PASS, "rsa-sha256")),
                    AuthenticationResult.PASS,
                    "none",
                    AuthenticationResult.NONE),
            List.of(new Finding(
                    "link-ip",
                    Severity.HIGH,
                    "A link leads to a number.",
                    Map.of(),
                    "Devices have no names.",
                    Map.of("fr", new Finding.Wording("Un lien mène à un numéro.", null)))),
            List.of(new Symbol("R_SPF_\u001b[31mALLOW", -0.2)),
            EngineVersion.named("rspamd"),
            Duration.ofMillis(20),
            new Weighing("0123456789ab", 6.5, Map.of("phishing", 5.0), Map.of("links", 4.5, "identity", 2.0)),
            List.of("qr-codes"));

    @Test
    void a_person_reads_the_class_the_sender_the_findings_and_what_was_not_looked_at() {
        assertThat(ReportText.of(PHISHING, "en"))
                .contains(
                        "class:         phishing",
                        "score:         6.5 (identity 2.0, links 4.5)",
                        "thresholds:    phishing from 5.0; table 0123456789ab",
                        "dkim:          pass by example.com, rsa-sha256",
                        "dmarc:         pass, policy none",
                        "high      link-ip",
                        "A link leads to a number.",
                        "(Devices have no names.)",
                        "not looked at: qr-codes");
    }

    @Test
    void findings_are_told_in_the_language_of_the_reader() {
        assertThat(ReportText.of(PHISHING, "fr")).contains("Un lien mène à un numéro.");
        assertThat(ReportText.of(PHISHING, "ja")).contains("A link leads to a number.");
    }

    @Test
    void nothing_of_a_mail_writes_to_the_terminal() {
        assertThat(ReportText.of(PHISHING, "en")).doesNotContain("\u001b").contains("R_SPF_[31mALLOW");
    }

    @Test
    void an_assessment_that_did_not_happen_says_why() {
        AssessmentResult none = AssessmentResult.inconclusive(
                InconclusiveCause.ENGINE_DOWN, EngineVersion.named("rspamd"), Duration.ZERO);
        assertThat(ReportText.of(none, "en")).contains("class:         inconclusive", "because:       engine-down");
    }
}
