package org.postern.message.stamp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postern.events.MessageId;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.AuthenticationResultsField;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.Reason;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.policy.Facts;

/**
 * Writes the fields that a message is delivered with. One head goes to all recipients, so it says nothing about any one of
 * them: of several dispositions the most careful counts, and no recipient is named.
 */
public final class Stamps {
    /** What the names of our fields begin with. */
    public static final String PREFIX = "X-Postern-";

    /** The field that Twake Mail shows as a banner: {@code level:}, {@code code:}, then a sentence. */
    public static final String BANNER = "X-TWP-Message";

    private static final int MOST_REASONS = 10;

    private final String authservId;
    private final boolean banner;

    /**
     * @param authservId the name under which we report authentication: the host name of the border server
     * @param banner whether the banner of Twake Mail is written
     */
    public Stamps(String authservId, boolean banner) {
        this.authservId = authservId;
        this.banner = banner;
    }

    /** Finds what a message brings along and must not. */
    public ForeignFields foreign() {
        return new ForeignFields(authservId, banner, false);
    }

    /** The same for a mail server to which a name with white space before its colon is another name. */
    public ForeignFields foreignByExactName() {
        return new ForeignFields(authservId, banner, true);
    }

    /**
     * The fields of an inbound message, in the order in which they stand from the top.
     *
     * @param delivered those it is delivered to
     * @param shadow whether the judgement is only told and nothing is done by it
     */
    public List<HeaderField> inbound(
            MessageId id, Facts facts, Judgement judgement, List<RecipientJudgement> delivered, boolean shadow) {
        List<HeaderField> fields = new ArrayList<>();
        AssessmentResult assessment = facts.assessment();
        if (assessment != null && assessment.mailClass() != MailClass.INCONCLUSIVE) {
            fields.add(new HeaderField(
                    AuthenticationResultsField.NAME,
                    AuthenticationResultsField.value(authservId, assessment.authentication())));
        }
        Disposition worst = mostCareful(delivered);
        fields.add(new HeaderField(PREFIX + "Message", id.toString()));
        fields.add(new HeaderField(PREFIX + (shadow ? "Shadow-Disposition" : "Disposition"), worst.word()));
        fields.add(new HeaderField(PREFIX + "Verdict", verdict(judgement, assessment)));
        String reasons = reasons(delivered, worst);
        if (!reasons.isEmpty()) {
            fields.add(new HeaderField(PREFIX + "Reason", reasons));
        }
        HeaderField warning = banner && !shadow ? warning(worst, delivered) : null;
        if (warning != null) {
            fields.add(warning);
        }
        return fields;
    }

    /** The fields of a message that goes out: a name to ask for it by, and nothing that tells others how we judge. */
    public List<HeaderField> outbound(MessageId id) {
        return List.of(new HeaderField(PREFIX + "Message", id.toString()));
    }

    /** The fields of a message that was held and then released. */
    public List<HeaderField> released(MessageId id) {
        return List.of(
                new HeaderField(PREFIX + "Message", id.toString()),
                new HeaderField(PREFIX + "Disposition", Disposition.DELIVER.word()),
                new HeaderField(PREFIX + "Reason", "released"));
    }

    /** The fields of a message that is let through unjudged, in shadow mode. */
    public List<HeaderField> unjudged() {
        return List.of(new HeaderField(PREFIX + "Shadow-Disposition", Disposition.DEFER.word()));
    }

    private static String verdict(Judgement judgement, @Nullable AssessmentResult assessment) {
        String scan = "scan=" + judgement.verdict().name().toLowerCase(Locale.ROOT);
        String mailClass = "; class=" + judgement.mailClass().name().toLowerCase(Locale.ROOT);
        return assessment == null
                ? scan + mailClass
                : scan + mailClass + "; score="
                        + String.format(Locale.ROOT, "%.2f/%.2f", assessment.score(), assessment.threshold());
    }

    private static Disposition mostCareful(List<RecipientJudgement> recipients) {
        return recipients.stream()
                .map(RecipientJudgement::disposition)
                .max((a, b) -> Integer.compare(care(a), care(b)))
                .orElse(Disposition.DEFER);
    }

    private static int care(Disposition disposition) {
        return switch (disposition) {
            case DELIVER -> 0;
            case DELIVER_WITH_WARNING -> 1;
            case JUNK -> 2;
            case DEFER -> 3;
            case QUARANTINE -> 4;
            case REJECT -> 5;
        };
    }

    private static String reasons(List<RecipientJudgement> delivered, Disposition worst) {
        return String.join(
                ", ",
                reasonsOf(delivered, worst)
                        .map(Reason::code)
                        .limit(MOST_REASONS)
                        .toList());
    }

    private static Stream<Reason> reasonsOf(List<RecipientJudgement> delivered, Disposition worst) {
        return delivered.stream()
                .filter(recipient -> recipient.disposition() == worst)
                .flatMap(recipient -> recipient.reasons().stream())
                .distinct();
    }

    private static @Nullable HeaderField warning(Disposition worst, List<RecipientJudgement> delivered) {
        String level =
                switch (worst) {
                    case DELIVER, DEFER -> "";
                    case DELIVER_WITH_WARNING -> "warn";
                    case JUNK, QUARANTINE, REJECT -> "error";
                };
        return level.isEmpty()
                ? null
                : reasonsOf(delivered, worst)
                        .findFirst()
                        .map(reason -> new HeaderField(
                                BANNER, "level:" + level + " code:" + reason.code() + " " + oneLine(reason.text())))
                        .orElse(null);
    }

    /** A sentence of the policy on one line: it is written by the administrator and may have been folded in YAML. */
    private static String oneLine(String text) {
        return text.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    }
}
