package org.postern.spam.evaluation;

import java.util.List;
import java.util.Map;
import org.postern.events.mail.MailClass;

/**
 * What came of one mail.
 *
 * @param codes of its findings
 * @param micros of CPU time that the own analysis took
 */
record Outcome(
        String file,
        Label label,
        MailClass mailClass,
        double score,
        List<String> codes,
        Map<String, Double> groups,
        List<String> unchecked,
        long bytes,
        long micros) {
    /** Whether the mail was called harmful. */
    boolean isAccused() {
        return mailClass == MailClass.PHISHING || mailClass == MailClass.SPAM;
    }

    /** Whether the class is the wrong one: a legitimate mail accused, another one not. */
    boolean isMistake() {
        return (label == Label.LEGITIMATE) == isAccused();
    }

    /** How far on the wrong side of the threshold. */
    double error(double threshold) {
        return Math.abs(score - threshold);
    }
}
