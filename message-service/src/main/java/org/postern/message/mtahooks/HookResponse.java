package org.postern.message.mtahooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.message.desk.Changes;
import org.postern.message.desk.Instruction;
import org.postern.message.desk.SmtpEnvelope;
import org.postern.message.desk.UnacceptableEnvelopeException;
import org.postern.message.stamp.FieldPosition;
import org.postern.message.stamp.HeaderField;

/**
 * What a mail server is told.
 *
 * @param action {@code accept}, {@code discard} or {@code reject}; the last one puts off too, by a status of 4xx
 * @param response what the mail server tells its client; null for what it says by itself
 * @param modifications what it changes in the message, in this order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"action", "response", "modifications"})
record HookResponse(String action, @Nullable Reply response, List<Modification> modifications) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STATUS_DIGITS = 3;

    HookResponse {
        modifications = List.copyOf(modifications);
    }

    /**
     * A reply of SMTP.
     *
     * @param enhancedStatus as Stalwart's manual names the enhanced code
     * @param enhanced the same once more, as Stalwart's code names it: it does not read the other
     */
    @JsonPropertyOrder({"status", "enhancedStatus", "enhanced_status", "message", "disconnect"})
    record Reply(
            int status,
            String enhancedStatus,
            @JsonProperty("enhanced_status") String enhanced,
            String message,
            boolean disconnect) {
        /** @param text code, enhanced code, a sentence */
        static Reply of(String text) {
            int end = text.indexOf(' ', STATUS_DIGITS + 1);
            String enhanced = text.substring(STATUS_DIGITS + 1, end);
            return new Reply(
                    Integer.parseInt(text.substring(0, STATUS_DIGITS)),
                    enhanced,
                    enhanced,
                    text.substring(end + 1),
                    false);
        }
    }

    /** One change. What it has no use for is null and not written. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"type", "index", "name", "value"})
    record Modification(
            String type,
            @Nullable Integer index,
            @Nullable String name,
            @Nullable String value) {
        static Modification deleteRecipient(String address) {
            return new Modification("deleteRecipient", null, null, address);
        }

        /** @param occurrence 1 for the topmost of that name */
        static Modification deleteHeader(int occurrence, String name) {
            return new Modification("deleteHeader", occurrence, name, null);
        }

        /** On top of all others. */
        static Modification insertHeader(HeaderField field) {
            return new Modification("insertHeader", 0, field.name(), field.value());
        }

        static Modification addHeader(HeaderField field) {
            return new Modification("addHeader", null, field.name(), field.value());
        }
    }

    /** Goes on with the session. */
    static HookResponse accept() {
        return new HookResponse("accept", null, List.of());
    }

    /** The same as the instruction. */
    static HookResponse of(Instruction instruction, SmtpEnvelope envelope) throws UnacceptableEnvelopeException {
        return switch (instruction) {
            case Instruction.Reply reply -> new HookResponse("reject", Reply.of(reply.text()), List.of());
            case Instruction.Deliver deliver ->
                new HookResponse("accept", null, modifications(deliver.changes(), envelope));
            // Stalwart's quarantine is a field that it adds before it delivers: ours keeps the message.
            case Instruction.Hold hold -> new HookResponse("discard", null, List.of());
            case Instruction.Discard discard -> new HookResponse("discard", null, List.of());
        };
    }

    private static List<Modification> modifications(Changes changes, SmtpEnvelope envelope)
            throws UnacceptableEnvelopeException {
        List<Modification> modifications = new ArrayList<>();
        for (MailAddress recipient : changes.withheld()) {
            for (byte[] asGiven : envelope.asGiven(recipient)) {
                modifications.add(Modification.deleteRecipient(new String(asGiven, StandardCharsets.UTF_8)));
            }
        }
        for (FieldPosition foreign : changes.foreign()) {
            modifications.add(Modification.deleteHeader(foreign.occurrence(), foreign.name()));
        }
        if (changes.foreign().isEmpty()) {
            // Stalwart puts added fields on top as they come, and leaves the bytes of the others as they are.
            changes.fields().forEach(field -> modifications.add(Modification.addHeader(field)));
        } else {
            // It writes the head anew, and each field goes above those before it.
            changes.fields().reversed().forEach(field -> modifications.add(Modification.insertHeader(field)));
        }
        return modifications;
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer can always be written", e);
        }
    }
}
