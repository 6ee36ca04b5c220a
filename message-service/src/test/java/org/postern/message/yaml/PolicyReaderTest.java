package org.postern.message.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.events.MailAddress;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.message.TestTopics;
import org.postern.message.policy.Facts;
import org.postern.message.policy.InvalidPolicyException;
import org.postern.message.policy.Policy;

class PolicyReaderTest {
    private static final String DELIVER = "then: {disposition: deliver, reason: ok, text: Fine.}";
    private static final String LAST = "  - {name: last, " + DELIVER + "}\n";

    @Test
    void readsConditionsOfTheRecipientAndTheScore() {
        Policy policy = PolicyReader.read("version: 1\nrules:\n"
                + "  - {name: vip, when: {recipient-domain: [VIP.example], score-at-least: 1},"
                + " then: {disposition: quarantine, reason: vip, text: Care.}}\n"
                + LAST);
        Facts facts = new Facts(
                TestTopics.scanned(org.postern.events.MessageId.random(), 1, org.postern.events.mail.ScanVerdict.CLEAN)
                        .result(),
                TestTopics.assessment(MailClass.HAM, null));

        assertThat(policy.decide(facts, MailAddress.of("a@vip.example")).disposition())
                .isEqualTo(Disposition.QUARANTINE);
        assertThat(policy.decide(facts, MailAddress.of("a@other.example")).disposition())
                .isEqualTo(Disposition.DELIVER);
    }

    @Test
    void letsNothingThroughThatIsNotScannedUnlessARuleSaysSo() {
        Policy careless = PolicyReader.read("version: 1\nrules:\n" + LAST);
        Policy daring = PolicyReader.read("version: 1\nrules:\n  - {name: dare, when: {scan: inconclusive, class:"
                + " [ham, inconclusive]}, " + DELIVER + "}\n" + LAST);
        Facts nothing = new Facts(null, null);

        assertThat(careless.decide(nothing, MailAddress.of("a@x.org")).disposition())
                .isEqualTo(Disposition.DEFER);
        assertThat(daring.decide(nothing, MailAddress.of("a@x.org")).disposition())
                .isEqualTo(Disposition.DELIVER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "version: 2 | version: must be 1",
                "version: 1 | line 1, column 1: policy: rules is required",
                "{version: 1, rules: x} | rules: must be a list",
                "{version: 1, rules: []} | rules: there must be one rule",
                "{version: 1, rule: []} | 'rule' is not known",
                "{version: 1, rules: [{name: a, when: {scan: infcted}, then: {}}]} | rules[0].when.scan: 'infcted' is"
                        + " none of",
                "{version: 1, rules: [{name: a, when: {scna: infected}, then: {}}]} | rules[0].when: 'scna' is not"
                        + " known",
                "{version: 1, rules: [{name: a, when: {scan: []}, then: {}}]} | rules[0].when.scan: must not be empty",
                "{version: 1, rules: [{name: a, then: {disposition: deliver, reason: A b, text: x}}]} |"
                        + " rules[0].then.reason: must be in kebab-case",
                "{version: 1, rules: [{name: a, then: {disposition: drop, reason: a, text: x}}]} | 'drop' is none of",
                "{version: 1, rules: [{name: a, when: {scan: clean}, then: {disposition: defer, reason: a, text: x}}]}"
                        + " | the last rule must have no condition",
                "{version: 1, version: 1} | 'version' is there twice",
                "`version: 1\nrules:\n  - {name: a, when: {scan: infcted}}` | line 3, column 28: rules[0].when.scan",
                "`version: 1\n"
                        + "rules:\n"
                        + "  - {name: a, when: {scan: clean}, then: {disposition: defer, reason: a, text: x}}` | line 3,"
                        + " column 5: rules[0]: the last rule",
                "`version: 1\n"
                        + "when-missing: {disposition: deliver, reason: a, text: x}\n"
                        + "rules: [{name: a, then: {disposition: defer, reason: a, text: x}}]` | line 2, column 15:"
                        + " when-missing: must hold",
                "[ | not readable as YAML",
            })
    void saysWhereAPolicyIsWrong(String yaml, String message) {
        assertThatThrownBy(() -> PolicyReader.read(yaml))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesARuleThatHidesOthers() {
        assertThatThrownBy(() -> PolicyReader.read("version: 1\nrules:\n" + LAST + LAST.replace("last", "later")))
                .hasMessageContaining("rules[0]: without a condition it hides the rules after it");
    }
}
