package org.postern.message.judgement;

import org.jspecify.annotations.Nullable;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.MailAssessed;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.policy.Circumstances;
import org.postern.message.policy.Facts;

/** The weightiest fact of each kind that is known about a message. Facts may come in any order, and more than once. */
public record FactSheet(
        @Nullable Fact<ScanResult> scan, @Nullable Fact<AssessmentResult> assessment) {
    /** Nothing known yet. */
    public static final FactSheet EMPTY = new FactSheet(null, null);

    /** The sheet with that scan, unless one that outweighs it is on it. */
    public FactSheet with(MailScanned event) {
        ScanResult result = event.result();
        Fact<ScanResult> fact =
                new Fact<>(event.attempt(), result.verdict() != ScanVerdict.INCONCLUSIVE, result, event.at());
        return scan != null && !fact.outweighs(scan) ? this : new FactSheet(fact, assessment);
    }

    /** The sheet with that assessment, unless one that outweighs it is on it. */
    public FactSheet with(MailAssessed event) {
        AssessmentResult result = event.result();
        Fact<AssessmentResult> fact =
                new Fact<>(event.attempt(), result.mailClass() != MailClass.INCONCLUSIVE, result, event.at());
        return assessment != null && !fact.outweighs(assessment) ? this : new FactSheet(scan, fact);
    }

    /** What a policy judges by. */
    public Facts facts(Circumstances circumstances) {
        Facts facts = facts();
        return new Facts(facts.scan(), facts.assessment(), circumstances);
    }

    /** What is known without the circumstances. */
    public Facts facts() {
        return new Facts(scan == null ? null : scan.result(), assessment == null ? null : assessment.result());
    }
}
