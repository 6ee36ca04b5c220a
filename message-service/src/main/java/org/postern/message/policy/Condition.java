package org.postern.message.policy;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.Finding;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;

/**
 * When a rule matches: where each of its parts does. A part that is empty or null matches always; one that lists several
 * matches on any of them.
 *
 * @param scan verdicts of the scan
 * @param unscannable reasons why a body cannot be scanned
 * @param mailClass classes of the assessment
 * @param findings codes of findings, of the scan or of the assessment
 * @param dmarc results of DMARC
 * @param dmarcPolicy policies of the sender's domain
 * @param scoreAtLeast the lowest score
 * @param recipientDomains domains of the recipient, in lower case
 */
public record Condition(
        Set<ScanVerdict> scan,
        Set<UnscannableReason> unscannable,
        Set<MailClass> mailClass,
        Set<String> findings,
        Set<AuthenticationResult> dmarc,
        Set<String> dmarcPolicy,
        @Nullable Double scoreAtLeast,
        Set<String> recipientDomains) {
    /** Matches always. */
    public static final Condition ALWAYS =
            new Condition(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, Set.of());

    public Condition {
        scan = Set.copyOf(scan);
        unscannable = Set.copyOf(unscannable);
        mailClass = Set.copyOf(mailClass);
        findings = Set.copyOf(findings);
        dmarc = Set.copyOf(dmarc);
        dmarcPolicy = Set.copyOf(dmarcPolicy);
        recipientDomains = Set.copyOf(recipientDomains);
    }

    /** Whether it holds for a recipient of a message with these facts. */
    public boolean matches(Facts facts, MailAddress recipient) {
        return holds(scan, facts.verdict())
                && (unscannable.isEmpty()
                        || facts.scan() != null
                                && unscannable.contains(facts.scan().unscannable()))
                && holds(mailClass, facts.mailClass())
                && (findings.isEmpty() || codes(facts).anyMatch(findings::contains))
                && matchesAssessment(facts.assessment())
                && holds(recipientDomains, recipient.domain());
    }

    /** Whether it names an inconclusive scan or assessment: whoever lets such a mail through has to say so. */
    boolean accepts(Facts facts) {
        return (facts.verdict() != ScanVerdict.INCONCLUSIVE || scan.contains(ScanVerdict.INCONCLUSIVE))
                && (facts.mailClass() != MailClass.INCONCLUSIVE || mailClass.contains(MailClass.INCONCLUSIVE));
    }

    private boolean matchesAssessment(@Nullable AssessmentResult assessment) {
        if (dmarc.isEmpty() && dmarcPolicy.isEmpty() && scoreAtLeast == null) {
            return true;
        }
        return assessment != null
                && holds(dmarc, assessment.authentication().dmarc())
                && (dmarcPolicy.isEmpty()
                        || dmarcPolicy.contains(Objects.requireNonNullElse(
                                assessment.authentication().dmarcPolicy(), "none")))
                && (scoreAtLeast == null || assessment.score() >= scoreAtLeast);
    }

    private static <T> boolean holds(Set<T> wanted, T found) {
        return wanted.isEmpty() || wanted.contains(found);
    }

    private static Stream<String> codes(Facts facts) {
        Stream<String> scanned = facts.scan() == null
                ? Stream.empty()
                : facts.scan().findings().stream().map(ScanFinding::code);
        Stream<String> assessed = facts.assessment() == null
                ? Stream.empty()
                : facts.assessment().findings().stream().map(Finding::code);
        return Stream.concat(scanned, assessed);
    }
}
