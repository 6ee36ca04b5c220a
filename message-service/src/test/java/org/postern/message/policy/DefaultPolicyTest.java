package org.postern.message.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.postern.events.MailAddress;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.UnscannableReason;
import org.postern.message.TestTopics;
import org.postern.message.yaml.PolicyReader;

class DefaultPolicyTest {
    private static final MailAddress BOB = MailAddress.of("bob@example.org");

    @ParameterizedTest
    @CsvFileSource(resources = "/default-policy.csv", numLinesToSkip = 1)
    void decides(
            ScanVerdict verdict,
            MailClass mailClass,
            AuthenticationResult dmarc,
            String dmarcPolicy,
            String disposition,
            String reason)
            throws IOException {
        Decision decision = policy().decide(
                        new Facts(
                                scan(verdict),
                                TestTopics.assessment(
                                        mailClass,
                                        new SenderAuthentication(
                                                AuthenticationResult.NONE,
                                                List.of(),
                                                dmarc,
                                                dmarcPolicy,
                                                AuthenticationResult.NONE))),
                        BOB);

        assertThat(decision.disposition().word()).isEqualTo(disposition);
        assertThat(decision.reason().code()).isEqualTo(reason);
    }

    private static ScanResult scan(ScanVerdict verdict) {
        EngineVersion engine = EngineVersion.named("test");
        return new ScanResult(
                verdict,
                verdict == ScanVerdict.UNSCANNABLE ? UnscannableReason.ENCRYPTED : null,
                verdict == ScanVerdict.INCONCLUSIVE ? InconclusiveCause.ENGINE_DOWN : null,
                List.of(),
                engine,
                Duration.ZERO);
    }

    private static Policy policy() throws IOException {
        try (InputStream in = DefaultPolicyTest.class.getResourceAsStream("/policy.yaml")) {
            return PolicyReader.read(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
