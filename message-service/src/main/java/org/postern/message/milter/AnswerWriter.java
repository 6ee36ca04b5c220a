package org.postern.message.milter;

import java.util.ArrayList;
import java.util.List;
import org.postern.events.MessageId;
import org.postern.message.MessageRecord;
import org.postern.message.SmtpAnswer;
import org.postern.message.SmtpAnswers;
import org.postern.message.judgement.Judgement;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.policy.Facts;
import org.postern.message.stamp.FieldPosition;
import org.postern.message.stamp.ForeignFields;
import org.postern.message.stamp.HeaderField;
import org.postern.message.stamp.Stamps;

/** Writes answers as frames. */
final class AnswerWriter {
    private static final String FORGED = "forged-sender";

    private final SmtpAnswers answers;
    private final Stamps stamps;
    private final boolean shadow;

    AnswerWriter(SmtpAnswers answers, Stamps stamps, boolean shadow) {
        this.answers = answers;
        this.stamps = stamps;
        this.shadow = shadow;
    }

    /** The answer to a message that became of as the outcome says. */
    Answer answer(Outcome outcome, Head head) throws UnacceptableEnvelopeException {
        return switch (outcome) {
            case Outcome.Refused refused -> Answer.refused(refused.reply());
            case Outcome.Unjudged unjudged ->
                shadow && unjudged.id() != null
                        ? let("shadow, unjudged", head, stamps.unjudged(), unjudged.id())
                        : Answer.temporary(unjudged.reply(), unjudged.id());
            case Outcome.Judged judged -> judged(judged.message(), head);
            case Outcome.Released released -> let("released", head, stamps.released(released.id()), released.id());
        };
    }

    private Answer judged(MessageRecord message, Head head) throws UnacceptableEnvelopeException {
        Judgement judgement = message.state().judgement();
        MessageId id = message.receipt().id();
        if (judgement == null) {
            return Answer.temporary(JudgementDesk.COME_AGAIN, id);
        }
        boolean out = message.receipt().event().goesOut();
        if (shadow) {
            List<RecipientJudgement> all = judgement.recipients();
            return new Answer(
                    "shadow",
                    changes(head, List.of(), stamps(message, judgement, all, out), Reply.accept()),
                    id,
                    new Answer.HandedOver(message, SmtpAnswers.plain(all)));
        }
        SmtpAnswer answer = out ? answers.outbound(judgement) : answers.inbound(judgement);
        return switch (answer) {
            case SmtpAnswer.ComeAgain again -> Answer.temporary(JudgementDesk.COME_AGAIN, id);
            case SmtpAnswer.Refuse refuse ->
                new Answer(
                        "refused",
                        List.of(Reply.text(refusal(refuse.refused(), id))),
                        id,
                        new Answer.HandedOver(message, refuse.refused()));
            case SmtpAnswer.Keep keep -> kept(message, keep, head, out);
            case SmtpAnswer.Deliver deliver ->
                new Answer(
                        deliver.withheld().isEmpty() ? "delivered" : "delivered to some",
                        changes(
                                head,
                                deliver.withheld(),
                                stamps(message, judgement, deliver.delivered(), out),
                                Reply.accept()),
                        id,
                        new Answer.HandedOver(message, inOrder(judgement, deliver)));
        };
    }

    private Answer kept(MessageRecord message, SmtpAnswer.Keep keep, Head head, boolean out)
            throws UnacceptableEnvelopeException {
        Judgement judgement = message.state().judgement();
        MessageId id = message.receipt().id();
        Answer.HandedOver handOver =
                new Answer.HandedOver(message, judgement == null ? List.of() : judgement.recipients());
        if (!keep.hold() || judgement == null) {
            return new Answer("quarantined", List.of(Reply.discard()), id, handOver);
        }
        List<Packet> packets = new ArrayList<>(
                changes(head, List.of(), stamps(message, judgement, keep.withheld(), out), Reply.accept()));
        packets.add(packets.size() - 1, Reply.hold("Postern " + id));
        return new Answer("held", packets, id, handOver);
    }

    private List<HeaderField> stamps(
            MessageRecord message, Judgement judgement, List<RecipientJudgement> delivered, boolean out) {
        MessageId id = message.receipt().id();
        Facts facts = message.state().facts().facts();
        return out ? stamps.outbound(id) : stamps.inbound(id, facts, judgement, delivered, shadow);
    }

    private static Answer let(String word, Head head, List<HeaderField> fields, MessageId id)
            throws UnacceptableEnvelopeException {
        return new Answer(word, changes(head, List.of(), fields, Reply.accept()), id, null);
    }

    private static List<Packet> changes(
            Head head, List<RecipientJudgement> withheld, List<HeaderField> fields, Packet verdict)
            throws UnacceptableEnvelopeException {
        List<Packet> packets = new ArrayList<>();
        for (RecipientJudgement recipient : withheld) {
            for (byte[] asGiven : head.envelope().asGiven(recipient.recipient())) {
                packets.add(Reply.withoutRecipient(asGiven));
            }
        }
        for (FieldPosition foreign : head.foreign().lowestFirst()) {
            packets.add(Reply.removeHeader(foreign.occurrence(), foreign.name()));
        }
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            // The mail server folds with its own line ends, and writes the space itself where it did not send any.
            String value = field.value().replace("\r\n", "\n");
            packets.add(Reply.insertHeader(i, field.name(), head.leadingSpace() ? " " + value : value));
        }
        packets.add(verdict);
        return packets;
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

    /** What the answer needs to know of the message itself. */
    record Head(SmtpEnvelope envelope, ForeignFields foreign, boolean leadingSpace) {}
}
