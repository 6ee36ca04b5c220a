package org.postern.message.policy;

import org.jspecify.annotations.Nullable;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;

/**
 * What is known about a message when it is judged. A fact that is not there yet is {@code inconclusive}, and never
 * anything better.
 *
 * @param scan null while nothing was scanned
 * @param assessment null while nothing was assessed
 * @param circumstances what is known without looking into it
 */
public record Facts(@Nullable ScanResult scan, @Nullable AssessmentResult assessment, Circumstances circumstances) {
    /** The finding that says that a mail has more parts than are listed. */
    private static final String PARTS_NOT_LISTED = "parts-not-listed";

    /** Facts of a message of which nothing else is known. */
    public Facts(@Nullable ScanResult scan, @Nullable AssessmentResult assessment) {
        this(scan, assessment, Circumstances.UNKNOWN);
    }

    /** The scan verdict. */
    public ScanVerdict verdict() {
        return scan == null ? ScanVerdict.INCONCLUSIVE : scan.verdict();
    }

    /** The class of the mail. */
    public MailClass mailClass() {
        return assessment == null ? MailClass.INCONCLUSIVE : assessment.mailClass();
    }

    /** Whether every fact is definite. */
    public boolean settled() {
        return has(Check.SCAN) && has(Check.ASSESSMENT);
    }

    /** Whether a check has a definite result. */
    public boolean has(Check check) {
        return switch (check) {
            case SCAN -> verdict() != ScanVerdict.INCONCLUSIVE;
            case ASSESSMENT -> mailClass() != MailClass.INCONCLUSIVE;
        };
    }

    /**
     * Whether it is known what is attached. A fact may have been shortened, or be one of an older version; a mail may have
     * more parts than are listed.
     */
    boolean hasAttachments() {
        return scan != null
                && scan.parts() != null
                && scan.findings().stream().noneMatch(finding -> finding.code().equals(PARTS_NOT_LISTED));
    }
}
