package org.postern.spam.phishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.postern.events.mail.Finding;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.SenderAuthentication;
import org.postern.spam.Acquaintance;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.tables.TableFiles;
import org.postern.spam.weighing.Weigher;
import org.postern.spam.weighing.WeightFile;

/**
 * Whatever a mail is made of, it gets its findings, each in whole sentences and with nothing of an address, and a class. The
 * files beside it are tried in each test run; {@code ./postern fuzz spam-service} goes on from them.
 */
class AnalysisFuzzTest {
    private static final PhishingAnalysis ANALYSIS = new PhishingAnalysis(TableFiles.bundled(), new Wording());

    @FuzzTest(maxDuration = "2m")
    void analysesAnything(byte[] mail) throws IOException {
        look(mail, Circumstances.unknown());
    }

    @FuzzTest(maxDuration = "2m")
    void analysesAnythingOfASenderThatCouldNotBeVerified(byte[] mail) throws IOException {
        look(
                mail,
                new Circumstances(
                        List.of("reader@firm.example"),
                        List.of("firm.example"),
                        List.of(),
                        SenderAuthentication.unverified(),
                        Acquaintance.NAME_OF_ANOTHER));
    }

    private static void look(byte[] mail, Circumstances circumstances) throws IOException {
        PhishingAnalysis.Report report = ANALYSIS.look(ANALYSIS.read(new ByteArrayInputStream(mail)), circumstances);

        for (Finding finding : report.findings()) {
            assertThat(finding.explanation()).isNotBlank().doesNotContain("@");
            assertThat(finding.limits()).isNotBlank();
            assertThat(finding.evidence().toString()).doesNotContain("@");
        }
        assertThat(Weigher.weigh(WeightFile.bundled(), report.findings(), MailClass.HAM, 0)
                        .mailClass())
                .isNotEqualTo(MailClass.INCONCLUSIVE);
    }
}
