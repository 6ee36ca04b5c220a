package org.postern.message.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.TestTopics;
import org.postern.message.yaml.PolicyReader;

class JudgeTest {
    private static final MessageId ID = MessageId.random();
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Instant DEADLINE = NOW.plusSeconds(25);
    private static final List<MailAddress> BOB = List.of(MailAddress.of("bob@example.org"));

    private final Judge judge = new Judge(PolicyReader.read("""
            version: 1
            rules:
              - {name: bad, when: {scan: infected}, then: {disposition: reject, reason: infected, text: Malware.}}
              - {name: good, then: {disposition: deliver, reason: fine, text: Fine.}}
            """));

    @Test
    void waitsForWhatIsMissingUntilTheDeadline() {
        FactSheet sheet = FactSheet.EMPTY.with(TestTopics.scanned(ID, 1, ScanVerdict.CLEAN));

        assertThat(judge.due(BOB, sheet, null, DEADLINE, DEADLINE.minusMillis(1)))
                .isEmpty();
        assertThat(judge.due(BOB, sheet, null, DEADLINE, DEADLINE).orElseThrow())
                .satisfies(judgement -> {
                    assertThat(judgement.revision()).isEqualTo(1);
                    assertThat(judgement.settled()).isFalse();
                    assertThat(judgement.recipients().getFirst().disposition()).isEqualTo(Disposition.DEFER);
                });
    }

    @Test
    void doesNotTakeAnInconclusiveFactForOneThatIsThere() {
        FactSheet sheet = FactSheet.EMPTY
                .with(TestTopics.scanned(ID, 1, ScanVerdict.INCONCLUSIVE))
                .with(TestTopics.assessed(ID, 1, MailClass.HAM));

        assertThat(judge.due(BOB, sheet, null, DEADLINE, NOW)).isEmpty();
    }

    @Test
    void judgesAgainOnlyWhenItWouldSaySomethingElse() {
        FactSheet clean = FactSheet.EMPTY
                .with(TestTopics.scanned(ID, 1, ScanVerdict.CLEAN))
                .with(TestTopics.assessed(ID, 1, MailClass.HAM));
        Judgement first = judge.due(BOB, clean, null, DEADLINE, NOW).orElseThrow();

        Optional<Judgement> same = judge.due(
                BOB, clean.with(TestTopics.scanned(ID, 2, ScanVerdict.CLEAN)), first, DEADLINE, NOW.plusSeconds(1));
        Optional<Judgement> other = judge.due(
                BOB, clean.with(TestTopics.scanned(ID, 3, ScanVerdict.INFECTED)), first, DEADLINE, NOW.plusSeconds(2));

        assertThat(same).isEmpty();
        assertThat(other.orElseThrow().revision()).isEqualTo(2);
        assertThat(other.orElseThrow().recipients().getFirst().disposition()).isEqualTo(Disposition.REJECT);
    }

    @Test
    void aDefiniteFactOutweighsAnInconclusiveOneWhateverTheirOrder() {
        FactSheet before = FactSheet.EMPTY
                .with(TestTopics.scanned(ID, 5, ScanVerdict.INCONCLUSIVE))
                .with(TestTopics.scanned(ID, 1, ScanVerdict.CLEAN));
        FactSheet after = FactSheet.EMPTY
                .with(TestTopics.scanned(ID, 1, ScanVerdict.CLEAN))
                .with(TestTopics.scanned(ID, 5, ScanVerdict.INCONCLUSIVE));

        assertThat(before.facts().verdict()).isEqualTo(ScanVerdict.CLEAN);
        assertThat(after.facts().verdict()).isEqualTo(ScanVerdict.CLEAN);
    }

    @Test
    void ofTwoDefiniteFactsTheHigherAttemptCountsWhateverTheirOrder() {
        FactSheet rising = FactSheet.EMPTY
                .with(TestTopics.scanned(ID, 1, ScanVerdict.CLEAN))
                .with(TestTopics.scanned(ID, 2, ScanVerdict.INFECTED));
        FactSheet falling = FactSheet.EMPTY
                .with(TestTopics.scanned(ID, 2, ScanVerdict.INFECTED))
                .with(TestTopics.scanned(ID, 1, ScanVerdict.CLEAN));

        assertThat(rising.facts().verdict()).isEqualTo(ScanVerdict.INFECTED);
        assertThat(falling.facts().verdict()).isEqualTo(ScanVerdict.INFECTED);
    }
}
