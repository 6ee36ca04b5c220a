package org.postern.message.milter;

import java.util.ArrayList;
import java.util.List;
import org.postern.events.MailAddress;
import org.postern.message.desk.Changes;
import org.postern.message.desk.Instruction;
import org.postern.message.desk.SmtpEnvelope;
import org.postern.message.desk.UnacceptableEnvelopeException;
import org.postern.message.stamp.FieldPosition;
import org.postern.message.stamp.HeaderField;

/** Writes instructions as frames: the changes, then the verdict. */
final class AnswerWriter {
    private final SmtpEnvelope envelope;
    private final boolean leadingSpace;

    /** @param leadingSpace whether the space after a header's colon comes along */
    AnswerWriter(SmtpEnvelope envelope, boolean leadingSpace) {
        this.envelope = envelope;
        this.leadingSpace = leadingSpace;
    }

    List<Packet> packets(Instruction instruction) throws UnacceptableEnvelopeException {
        return switch (instruction) {
            case Instruction.Reply reply -> List.of(Reply.text(reply.text()));
            case Instruction.Discard discard -> List.of(Reply.discard());
            case Instruction.Deliver deliver -> {
                List<Packet> packets = changes(deliver.changes());
                packets.add(Reply.accept());
                yield packets;
            }
            case Instruction.Hold hold -> {
                List<Packet> packets = changes(hold.changes());
                packets.add(Reply.hold(hold.reason()));
                packets.add(Reply.accept());
                yield packets;
            }
        };
    }

    private List<Packet> changes(Changes changes) throws UnacceptableEnvelopeException {
        List<Packet> packets = new ArrayList<>();
        for (MailAddress recipient : changes.withheld()) {
            for (byte[] asGiven : envelope.asGiven(recipient)) {
                packets.add(Reply.withoutRecipient(asGiven));
            }
        }
        for (FieldPosition foreign : changes.foreign()) {
            packets.add(Reply.removeHeader(foreign.occurrence(), foreign.name()));
        }
        List<HeaderField> fields = changes.fields();
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            // The mail server folds with its own line ends, and writes the space itself where it did not send any.
            String value = field.value().replace("\r\n", "\n");
            packets.add(Reply.insertHeader(i, field.name(), leadingSpace ? " " + value : value));
        }
        return packets;
    }
}
