package org.postern.message.mtahooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.postern.message.desk.DeskTerms;
import org.postern.message.desk.SmtpEnvelope;

/** Reads the envelope in a hook, whose sender has to come before its recipients. */
final class EnvelopeReader {
    private final JsonInput json;
    private final DeskTerms terms;

    EnvelopeReader(JsonInput json, DeskTerms terms) {
        this.json = json;
        this.terms = terms;
    }

    SmtpEnvelope read() throws IOException {
        SmtpEnvelope envelope = null;
        JsonMembers members = JsonMembers.of(json);
        for (String name = members.next(); name != null; name = members.next()) {
            switch (name) {
                case "from" -> envelope = from();
                case "to" -> {
                    if (envelope == null) {
                        throw RefusedHookException.outOfOrder("envelope.from", "envelope.to");
                    }
                    to(envelope);
                }
                default -> json.skip();
            }
        }
        if (envelope == null) {
            throw RefusedHookException.missing("envelope.from");
        }
        if (envelope.isWithoutRecipient()) {
            throw RefusedHookException.missing("envelope.to");
        }
        return envelope;
    }

    private SmtpEnvelope from() throws IOException {
        String sender = JsonMembers.textOf(json, "address");
        return new SmtpEnvelope(bytes(sender == null ? "" : sender), terms.authservId(), terms.mostRecipients());
    }

    private void to(SmtpEnvelope envelope) throws IOException {
        json.beginArray();
        while (json.hasElement()) {
            String recipient = JsonMembers.textOf(json, "address");
            if (recipient == null) {
                throw RefusedHookException.missing("envelope.to.address");
            }
            envelope.add(bytes(recipient));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
