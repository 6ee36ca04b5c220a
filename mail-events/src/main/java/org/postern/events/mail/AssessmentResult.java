package org.postern.events.mail;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an assessment, the same on Kafka and over REST.
 *
 * @param mailClass what the mail is taken for
 * @param inconclusive why there is no answer; present when, and only when, the class is inconclusive
 * @param score the engine's score, higher is worse
 * @param threshold the score at which the engine would refuse the mail
 * @param authentication who really sent it
 * @param findings reasons for care, the worst first
 * @param symbols what each rule of the engine said
 * @param took from the first byte sent to the engine until its answer
 * @param weighing how the class came about; null where the engine alone decided, or nothing did
 * @param unchecked what was not looked at, as stable words, for instance {@code qr-codes}: a limit was reached or a part
 *     could not be read; null in events of before it was told
 */
public record AssessmentResult(
        @JsonProperty("class") MailClass mailClass,
        @Nullable InconclusiveCause inconclusive,
        double score,
        double threshold,
        SenderAuthentication authentication,
        List<Finding> findings,
        List<Symbol> symbols,
        EngineVersion engine,
        Duration took,
        @Nullable Weighing weighing,
        @Nullable List<String> unchecked) {
    public AssessmentResult {
        findings = List.copyOf(findings);
        symbols = List.copyOf(symbols);
        unchecked = unchecked == null ? null : List.copyOf(unchecked);
        // Written so that a class from a newer version, read as inconclusive without its cause, is still an event.
        if (mailClass == MailClass.INCONCLUSIVE && inconclusive == null) {
            inconclusive = InconclusiveCause.UNRECOGNISED;
        }
    }

    /** What the engine alone says. */
    public AssessmentResult(
            MailClass mailClass,
            @Nullable InconclusiveCause inconclusive,
            double score,
            double threshold,
            SenderAuthentication authentication,
            List<Finding> findings,
            List<Symbol> symbols,
            EngineVersion engine,
            Duration took) {
        this(mailClass, inconclusive, score, threshold, authentication, findings, symbols, engine, took, null, null);
    }

    /** No answer, for this cause. */
    public static AssessmentResult inconclusive(InconclusiveCause cause, EngineVersion engine, Duration took) {
        return new AssessmentResult(
                MailClass.INCONCLUSIVE,
                cause,
                0,
                0,
                SenderAuthentication.unverified(),
                List.of(),
                List.of(),
                engine,
                took);
    }
}
