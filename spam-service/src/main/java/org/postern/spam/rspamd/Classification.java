package org.postern.spam.rspamd;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.Finding;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.Severity;
import org.postern.events.mail.Symbol;

/** What a whole answer of Rspamd means. */
final class Classification {
    private static final Set<String> LISTED =
            Set.of("PHISHED_OPENPHISH", "PHISHED_PHISHTANK", "PHISHED_GENERIC_SERVICE");
    private static final String LINK_MISMATCH = "PHISHING";
    private static final String HIGH_SCORE = "high-score";

    private Classification() {}

    /** The result, of an answer that is {@linkplain Completeness whole}. */
    static AssessmentResult result(RspamdAnswer answer, boolean clientKnown, EngineVersion engine, Duration took) {
        return new AssessmentResult(
                mailClass(answer),
                null,
                answer.score(),
                answer.threshold(),
                SenderFacts.of(answer, clientKnown),
                findings(answer),
                answer.rules().stream()
                        .map(rule -> new Symbol(rule.name(), rule.score()))
                        .toList(),
                engine,
                took);
    }

    /**
     * The class. A link that shows another address than it leads to is common in newsletters: alone it is a finding, and
     * makes phishing only of what is refused or marked anyway.
     */
    private static MailClass mailClass(RspamdAnswer answer) {
        boolean listed = LISTED.stream().anyMatch(answer::has);
        return switch (answer.action()) {
            case REJECT, ADD_HEADER, REWRITE_SUBJECT ->
                listed || scores(answer, LINK_MISMATCH) ? MailClass.PHISHING : MailClass.SPAM;
            case GREYLIST -> listed ? MailClass.PHISHING : MailClass.SUSPICIOUS;
            case NO_ACTION -> listed ? MailClass.PHISHING : MailClass.HAM;
            case SOFT_REJECT -> MailClass.INCONCLUSIVE;
        };
    }

    private static boolean scores(RspamdAnswer answer, String rule) {
        return answer.rule(rule).filter(r -> r.score() > 0).isPresent();
    }

    private static List<Finding> findings(RspamdAnswer answer) {
        return Stream.concat(Reason.in(answer), highScore(answer))
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }

    /** Said where the sum of all rules is the reason, so that none is left without one. */
    private static Stream<Finding> highScore(RspamdAnswer answer) {
        Severity severity =
                switch (answer.action()) {
                    case REJECT -> Severity.HIGH;
                    case ADD_HEADER, REWRITE_SUBJECT -> Severity.MEDIUM;
                    case GREYLIST -> Severity.LOW;
                    case NO_ACTION, SOFT_REJECT -> Severity.INFO;
                };
        if (severity == Severity.INFO || Completeness.isTestMail(answer)) {
            return Stream.empty();
        }
        Map<String, String> evidence =
                Map.of("score", decimal(answer.score()), "threshold", decimal(answer.threshold()));
        return Stream.of(Reason.WORDS.finding(HIGH_SCORE, HIGH_SCORE, severity, evidence));
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
