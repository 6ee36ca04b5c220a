package org.postern.message.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postern.events.MailAddress;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.ScannedPart;
import org.postern.events.mail.Severity;
import org.postern.message.TestTopics;
import org.postern.message.yaml.PolicyReader;

/** A rule about attachments, where nobody can say what is attached. */
class UnknownAttachmentsTest {
    private static final MailAddress BOB = MailAddress.of("bob@example.org");
    private static final String HOLD = "  - {name: programs, when: {attachment: .exe}, then: {disposition: quarantine,"
            + " reason: program, text: A program.}}\n";
    private static final String ALL = "  - {name: all, then: {disposition: deliver, reason: fine, text: Fine.}}\n";

    @Test
    void areAScanWithoutResultForTheRulesThatFollow() {
        Policy policy = policy("", HOLD + ALL);

        assertThat(policy.decide(facts(null), BOB).disposition()).isEqualTo(Disposition.DEFER);
        assertThat(policy.decide(facts(List.of(part("report.pdf"))), BOB).disposition())
                .isEqualTo(Disposition.DELIVER);
        assertThat(policy.decide(facts(List.of(part("setup.exe"))), BOB).disposition())
                .isEqualTo(Disposition.QUARANTINE);
        assertThat(policy.explain(facts(null), BOB))
                .satisfiesExactly(
                        held -> assertThat(held.misses()).isEqualTo("attachment"),
                        all -> assertThat(all.passedOver()).isTrue());
    }

    @Test
    void areNotKnownEitherWhereSomePartsAreNotListed() {
        Policy policy = policy("", HOLD + ALL);
        ScanFinding more = new ScanFinding("parts-not-listed", Severity.INFO, null, null);

        assertThat(policy.decide(facts(List.of(part("report.pdf")), more), BOB).disposition())
                .isEqualTo(Disposition.DEFER);
        assertThat(policy.decide(facts(List.of(part("setup.exe")), more), BOB).disposition())
                .isEqualTo(Disposition.QUARANTINE);
    }

    @Test
    void matterToNoRuleThatWouldNotHaveMatchedAnyway() {
        Policy elsewhere = policy("", HOLD.replace("{attachment: .exe}", "{attachment: .exe, class: spam}") + ALL);
        Policy before = policy("", ALL.replace("{name: all,", "{name: ham, when: {class: ham},") + HOLD + ALL);

        assertThat(elsewhere.decide(facts(null), BOB).disposition()).isEqualTo(Disposition.DELIVER);
        assertThat(before.decide(facts(null), BOB).disposition()).isEqualTo(Disposition.DELIVER);
    }

    @Test
    void areLetThroughWhereThePolicyNeedsNoScanOrARuleSaysSo() {
        assertThat(policy("required: [assessment]\n", HOLD + ALL)
                        .decide(facts(null), BOB)
                        .disposition())
                .isEqualTo(Disposition.DELIVER);
        assertThat(policy(
                                "",
                                HOLD
                                        + ALL.replace(
                                                "{name: all,", "{name: anyway, when: {scan: [clean, inconclusive]},")
                                        + ALL)
                        .decide(facts(null), BOB)
                        .disposition())
                .isEqualTo(Disposition.DELIVER);
    }

    @Test
    void letNothingThroughByARuleThatWantsThem() {
        Policy policy = policy(
                "",
                "  - {name: pictures, when: {attachment: .png}, then: {disposition: deliver, reason: picture, text: P.}}\n"
                        + ALL.replace("deliver", "quarantine"));

        assertThat(policy.decide(facts(null), BOB).disposition()).isEqualTo(Disposition.QUARANTINE);
    }

    private static Policy policy(String head, String rules) {
        return PolicyReader.read("version: 1\n" + head + "rules:\n" + rules);
    }

    private static ScannedPart part(String name) {
        return new ScannedPart("2", name, null, null, 1, null);
    }

    private static Facts facts(@Nullable List<ScannedPart> parts, ScanFinding... findings) {
        return new Facts(
                new ScanResult(
                        ScanVerdict.CLEAN,
                        null,
                        null,
                        List.of(findings),
                        EngineVersion.named("test"),
                        Duration.ZERO,
                        parts),
                TestTopics.assessment(MailClass.HAM, null));
    }
}
