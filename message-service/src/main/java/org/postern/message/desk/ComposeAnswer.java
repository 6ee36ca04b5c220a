package org.postern.message.desk;

import java.util.List;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.ledger.MessageRecord;
import org.postern.message.policy.Facts;
import org.postern.message.stamp.ForeignFields;
import org.postern.message.stamp.HeaderField;
import org.postern.message.stamp.Stamps;

/** Says what a mail server is to do with a message, by what became of it. */
public final class ComposeAnswer {
    private static final String FORGED = "forged-sender";

    private final SmtpAnswers answers;
    private final Stamps stamps;
    private final boolean shadow;

    /** @param shadow whether everything is let through, and only told of */
    public ComposeAnswer(SmtpAnswers answers, Stamps stamps, boolean shadow) {
        this.answers = answers;
        this.stamps = stamps;
        this.shadow = shadow;
    }

    /**
     * The answer to a message that became of as the outcome says.
     *
     * @param foreign what its head was looked through for
     */
    public Answer answer(Outcome outcome, ForeignFields foreign) {
        return switch (outcome) {
            case Outcome.Refused refused -> Answer.refused(refused.reply());
            case Outcome.Unjudged unjudged ->
                shadow && unjudged.id() != null
                        ? let("shadow, unjudged", foreign, stamps.unjudged(), unjudged.id())
                        : Answer.temporary(unjudged.reply(), unjudged.id());
            case Outcome.Judged judged -> judged(judged.message(), foreign);
            case Outcome.Released released -> let("released", foreign, stamps.released(released.id()), released.id());
        };
    }

    private Answer judged(MessageRecord message, ForeignFields foreign) {
        Judgement judgement = message.state().judgement();
        MessageId id = message.receipt().id();
        if (judgement == null) {
            return Answer.temporary(Outcome.COME_AGAIN, id);
        }
        boolean out = message.receipt().event().goesOut();
        if (shadow) {
            List<RecipientJudgement> all = judgement.recipients();
            return new Answer(
                    "shadow",
                    new Instruction.Deliver(changes(foreign, List.of(), stamps(message, judgement, all, out))),
                    id,
                    new Answer.HandedOver(message, SmtpAnswers.plain(all)));
        }
        SmtpAnswer answer = out ? answers.outbound(judgement) : answers.inbound(judgement);
        return switch (answer) {
            case SmtpAnswer.ComeAgain again -> Answer.temporary(Outcome.COME_AGAIN, id);
            case SmtpAnswer.Refuse refuse ->
                new Answer(
                        "refused",
                        new Instruction.Reply(refusal(refuse.refused(), id)),
                        id,
                        new Answer.HandedOver(message, refuse.refused()));
            case SmtpAnswer.Keep keep -> kept(message, judgement, keep, foreign, out);
            case SmtpAnswer.Deliver deliver ->
                new Answer(
                        deliver.withheld().isEmpty() ? "delivered" : "delivered to some",
                        new Instruction.Deliver(changes(
                                foreign, deliver.withheld(), stamps(message, judgement, deliver.delivered(), out))),
                        id,
                        new Answer.HandedOver(message, inOrder(judgement, deliver)));
        };
    }

    private Answer kept(
            MessageRecord message, Judgement judgement, SmtpAnswer.Keep keep, ForeignFields foreign, boolean out) {
        MessageId id = message.receipt().id();
        Answer.HandedOver handOver = new Answer.HandedOver(message, judgement.recipients());
        if (!keep.hold()) {
            return new Answer("quarantined", new Instruction.Discard(), id, handOver);
        }
        Changes changes = changes(foreign, List.of(), stamps(message, judgement, keep.withheld(), out));
        return new Answer("held", new Instruction.Hold(changes, "Postern " + id), id, handOver);
    }

    private List<HeaderField> stamps(
            MessageRecord message, Judgement judgement, List<RecipientJudgement> delivered, boolean out) {
        MessageId id = message.receipt().id();
        Facts facts = message.state().facts().facts();
        return out ? stamps.outbound(id) : stamps.inbound(id, facts, judgement, delivered, shadow);
    }

    private static Answer let(String word, ForeignFields foreign, List<HeaderField> fields, MessageId id) {
        return new Answer(word, new Instruction.Deliver(changes(foreign, List.of(), fields)), id, null);
    }

    private static Changes changes(ForeignFields foreign, List<RecipientJudgement> withheld, List<HeaderField> fields) {
        List<MailAddress> recipients =
                withheld.stream().map(RecipientJudgement::recipient).toList();
        return new Changes(recipients, foreign.lowestFirst(), fields);
    }

    private static String refusal(List<RecipientJudgement> refused, MessageId id) {
        String reason = refused.getFirst().reasons().isEmpty()
                ? "policy"
                : refused.getFirst().reasons().getFirst().code();
        // RFC 7372 has a code of its own for what fails authentication.
        String enhanced = reason.equals(FORGED) ? "5.7.26" : "5.7.1";
        return "550 " + enhanced + " The message is refused: " + reason + " (" + id + ")";
    }

    private static List<RecipientJudgement> inOrder(Judgement judgement, SmtpAnswer.Deliver deliver) {
        return judgement.recipients().stream()
                .map(recipient -> deliver.delivered().stream()
                        .filter(answered -> answered.recipient().equals(recipient.recipient()))
                        .findFirst()
                        .orElse(recipient))
                .toList();
    }
}
