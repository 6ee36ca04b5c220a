package org.postern.message.mtahooks;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postern.message.desk.DeskTerms;
import org.postern.message.desk.SmtpEnvelope;
import org.postern.message.stamp.ForeignFields;

/**
 * Reads the document of a hook up to the contents of its message, and after them to its end. Members that are not known
 * are passed over. Context, envelope, headers and contents have to come in this order, as Stalwart writes them: the
 * message is stored while it is read, and nothing is kept for later.
 */
final class HookReader {
    private final JsonInput json;
    private final DeskTerms terms;
    private final ForeignFields foreign;
    private @Nullable JsonMembers members;
    private @Nullable JsonMembers membersOfMessage;
    private @Nullable HookContext context;
    private @Nullable SmtpEnvelope envelope;

    HookReader(JsonInput json, DeskTerms terms, ForeignFields foreign) {
        this.json = json;
        this.terms = terms;
        this.foreign = foreign;
    }

    /** What is asked. After a message its contents are to be read, and then {@link #finish} to be called. */
    Hook read() throws IOException {
        JsonMembers all = JsonMembers.of(json);
        members = all;
        for (String name = all.next(); name != null; name = all.next()) {
            Hook.Message message = member(name);
            if (message != null) {
                return message;
            }
        }
        json.end();
        if (context == null) {
            throw RefusedHookException.missing("context");
        }
        if (context.isData()) {
            throw RefusedHookException.missing(envelope == null ? "envelope" : "message");
        }
        return new Hook.OtherStage();
    }

    /** Reads what comes after the contents: the document has to be whole for the message to be. */
    void finish() throws IOException {
        Objects.requireNonNull(membersOfMessage, "there is a message").skipRest();
        Objects.requireNonNull(members, "there is a document").skipRest();
        json.end();
    }

    private Hook.@Nullable Message member(String name) throws IOException {
        switch (name) {
            case "context" -> context = new ContextReader(json).read();
            case "envelope" -> {
                if (stage(name).isData()) {
                    envelope = new EnvelopeReader(json, terms).read();
                } else {
                    json.skip();
                }
            }
            case "message" -> {
                if (stage(name).isData()) {
                    return message();
                }
                json.skip();
            }
            case "stage", "rawMessage" ->
                throw RefusedHookException.hook(
                        "hook-form-unknown",
                        "This is a hook of the IETF's draft. What is spoken here is what Stalwart sends: context,"
                                + " envelope, message.");
            default -> json.skip();
        }
        return null;
    }

    private HookContext stage(String name) throws RefusedHookException {
        if (context == null) {
            throw RefusedHookException.outOfOrder("context", name);
        }
        return context;
    }

    private Hook.Message message() throws IOException {
        if (envelope == null) {
            throw RefusedHookException.outOfOrder("envelope", "message");
        }
        HookHead head = null;
        JsonMembers all = JsonMembers.of(json);
        membersOfMessage = all;
        for (String name = all.next(); name != null; name = all.next()) {
            switch (name) {
                case "headers" -> head = head();
                case "contents" -> {
                    if (head == null) {
                        throw RefusedHookException.outOfOrder("message.headers", "message.contents");
                    }
                    return new Hook.Message(stage(name), envelope, head);
                }
                default -> json.skip();
            }
        }
        throw RefusedHookException.missing("message.contents");
    }

    private HookHead head() throws IOException {
        HookHead head = new HookHead(terms.mostHeaderBytes(), foreign);
        json.beginArray();
        while (json.hasElement()) {
            json.beginArray();
            byte[] name = half(head);
            byte[] value = half(head);
            if (json.hasElement()) {
                throw pair();
            }
            if (name == null || value == null) {
                head.isTooLong();
            } else {
                head.field(name, value);
            }
        }
        return head;
    }

    private byte @Nullable [] half(HookHead head) throws IOException {
        if (!json.hasElement()) {
            throw pair();
        }
        return json.bytes(head.left());
    }

    private static RefusedHookException pair() {
        return RefusedHookException.json("A header is not a name and a value.");
    }
}
