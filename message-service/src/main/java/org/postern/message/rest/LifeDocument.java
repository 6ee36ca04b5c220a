package org.postern.message.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.ScanResult;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.policy.Facts;
import org.postern.message.quarantine.Moment;

/**
 * A message's life on one page.
 *
 * @param verdict what is known and decided
 * @param unchecked what was not checked, or came to no result, and why
 * @param timeline what happened, in the order of time
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LifeDocument(@JsonUnwrapped VerdictDocument verdict, List<Unchecked> unchecked, List<Moment> timeline) {
    private static final String PENDING = "pending";

    /**
     * One thing that was not checked.
     *
     * @param check {@code scan assessment spf dmarc arc}
     * @param why a word: {@code pending}, the cause of an inconclusive result, the reason why a body cannot be scanned
     */
    public record Unchecked(String check, String why) {}

    static LifeDocument of(VerdictDocument verdict, MessageRecord message, List<Moment> timeline) {
        Facts facts = message.state().facts().facts();
        List<Unchecked> unchecked = new ArrayList<>();
        scan(facts.scan(), unchecked);
        assessment(facts.assessment(), unchecked);
        return new LifeDocument(verdict, unchecked, timeline);
    }

    private static void scan(@Nullable ScanResult scan, List<Unchecked> unchecked) {
        if (scan == null) {
            unchecked.add(new Unchecked("scan", PENDING));
        } else if (scan.inconclusive() != null) {
            unchecked.add(new Unchecked("scan", scan.inconclusive().word()));
        } else if (scan.unscannable() != null) {
            unchecked.add(new Unchecked("scan", scan.unscannable().word()));
        }
    }

    private static void assessment(@Nullable AssessmentResult assessment, List<Unchecked> unchecked) {
        if (assessment == null) {
            unchecked.add(new Unchecked("assessment", PENDING));
        } else if (assessment.inconclusive() != null) {
            unchecked.add(new Unchecked(
                    "assessment",
                    Objects.requireNonNull(assessment.inconclusive()).word()));
        } else {
            authentication("spf", assessment.authentication().spf(), unchecked);
            authentication("dmarc", assessment.authentication().dmarc(), unchecked);
            authentication("arc", assessment.authentication().arc(), unchecked);
        }
    }

    private static void authentication(String check, AuthenticationResult result, List<Unchecked> unchecked) {
        if (result == AuthenticationResult.TEMPERROR || result == AuthenticationResult.PERMERROR) {
            unchecked.add(new Unchecked(check, result.word()));
        }
    }
}
