package org.postern.message.mtahooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.message.desk.DeskTerms;
import org.postern.message.desk.SmtpEnvelope;
import org.postern.message.desk.ToldClient;
import org.postern.message.stamp.ForeignFields;

/**
 * Reads the document of a hook up to the contents of its message, and after them to its end. Members that are not known
 * are passed over. Context, envelope, headers and contents have to come in this order, as Stalwart writes them: the
 * message is stored while it is read, and nothing is kept for later.
 */
final class HookReader {
    private static final int LONGEST_TEXT = 1024;
    private static final int LONGEST_ADDRESS = 2048;
    private static final int MOST_MEMBERS = 100;

    private final JsonInput json;
    private final DeskTerms terms;
    private final ForeignFields foreign;
    private final Set<String> members = new HashSet<>();
    private final Set<String> membersOfMessage = new HashSet<>();
    private @Nullable HookContext context;
    private @Nullable SmtpEnvelope envelope;

    HookReader(JsonInput json, DeskTerms terms, ForeignFields foreign) {
        this.json = json;
        this.terms = terms;
        this.foreign = foreign;
    }

    /** What is asked. After a message its contents are to be read, and then {@link #finish} to be called. */
    Hook read() throws IOException {
        json.beginObject();
        String name = json.name();
        while (name != null) {
            Hook.Message message = member(name);
            if (message != null) {
                return message;
            }
            name = json.name();
        }
        json.end();
        if (context == null) {
            throw missing("context");
        }
        if (context.isData()) {
            throw missing(envelope == null ? "envelope" : "message");
        }
        return new Hook.OtherStage();
    }

    /** Reads what comes after the contents: the document has to be whole for the message to be. */
    void finish() throws IOException {
        String name = json.name();
        while (name != null) {
            once(membersOfMessage, name);
            json.skip();
            name = json.name();
        }
        name = json.name();
        while (name != null) {
            once(members, name);
            json.skip();
            name = json.name();
        }
        json.end();
    }

    private Hook.@Nullable Message member(String name) throws IOException {
        once(members, name);
        switch (name) {
            case "context" -> context = context();
            case "envelope" -> {
                if (stage(name).isData()) {
                    envelope = envelope();
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
            throw outOfOrder("context", name);
        }
        return context;
    }

    private HookContext context() throws IOException {
        String stage = null;
        String user = null;
        String queueId = null;
        Told client = new Told(null, null, null);
        Set<String> seen = new HashSet<>();
        json.beginObject();
        String name = json.name();
        while (name != null) {
            once(seen, name);
            switch (name) {
                case "stage" -> stage = json.string(LONGEST_TEXT);
                case "sasl" -> user = textOf("login");
                case "queue" -> queueId = textOf("id");
                case "client" -> client = client();
                default -> json.skip();
            }
            name = json.name();
        }
        if (stage == null) {
            throw missing("context.stage");
        }
        return new HookContext(
                stage,
                ToldClient.of(client.ip(), client.helo(), client.hostname()),
                user == null || user.isEmpty() ? null : user,
                queueId);
    }

    private record Told(
            @Nullable String ip,
            @Nullable String helo,
            @Nullable String hostname) {}

    private Told client() throws IOException {
        String ip = null;
        String helo = null;
        String hostname = null;
        if (!json.isNull()) {
            Set<String> seen = new HashSet<>();
            json.beginObject();
            String name = json.name();
            while (name != null) {
                // Stalwart writes helo, its manual ehlo.
                once(seen, name.equals("ehlo") ? "helo" : name);
                switch (name) {
                    case "ip" -> ip = json.stringOrNull(LONGEST_TEXT);
                    case "helo", "ehlo" -> helo = json.stringOrNull(LONGEST_TEXT);
                    case "ptr" -> hostname = json.stringOrNull(LONGEST_TEXT);
                    default -> json.skip();
                }
                name = json.name();
            }
        }
        return new Told(ip, helo, hostname);
    }

    private SmtpEnvelope envelope() throws IOException {
        SmtpEnvelope read = null;
        Set<String> seen = new HashSet<>();
        json.beginObject();
        String name = json.name();
        while (name != null) {
            once(seen, name);
            switch (name) {
                case "from" -> {
                    String sender = textOf("address");
                    read = new SmtpEnvelope(
                            bytes(sender == null ? "" : sender), terms.authservId(), terms.mostRecipients());
                }
                case "to" -> {
                    if (read == null) {
                        throw outOfOrder("envelope.from", "envelope.to");
                    }
                    recipients(read);
                }
                default -> json.skip();
            }
            name = json.name();
        }
        if (read == null) {
            throw missing("envelope.from");
        }
        if (read.isWithoutRecipient()) {
            throw missing("envelope.to");
        }
        return read;
    }

    private void recipients(SmtpEnvelope into) throws IOException {
        json.beginArray();
        while (json.hasElement()) {
            String recipient = textOf("address");
            if (recipient == null) {
                throw missing("envelope.to.address");
            }
            into.add(bytes(recipient));
        }
    }

    private Hook.Message message() throws IOException {
        if (envelope == null) {
            throw outOfOrder("envelope", "message");
        }
        HookHead head = null;
        json.beginObject();
        String name = json.name();
        while (name != null) {
            once(membersOfMessage, name);
            switch (name) {
                case "headers" -> head = head();
                case "contents" -> {
                    if (head == null) {
                        throw outOfOrder("message.headers", "message.contents");
                    }
                    return new Hook.Message(stage(name), envelope, head);
                }
                default -> json.skip();
            }
            name = json.name();
        }
        throw missing("message.contents");
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

    /** The text of one member of an object; null where there is no object or no such member. */
    private @Nullable String textOf(String wanted) throws IOException {
        String text = null;
        if (!json.isNull()) {
            Set<String> seen = new HashSet<>();
            json.beginObject();
            String name = json.name();
            while (name != null) {
                once(seen, name);
                if (name.equals(wanted)) {
                    text = json.stringOrNull(LONGEST_ADDRESS);
                } else {
                    json.skip();
                }
                name = json.name();
            }
        }
        return text;
    }

    /** Of two members of one name readers take one or the other: what one of them judged the other would deliver. */
    private static void once(Set<String> seen, String name) throws RefusedHookException {
        if (!seen.add(name)) {
            throw RefusedHookException.json("An object has two members of one name.");
        }
        if (seen.size() > MOST_MEMBERS) {
            throw RefusedHookException.json("An object has more members than are taken here.");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RefusedHookException pair() {
        return RefusedHookException.json("A header is not a name and a value.");
    }

    private static RefusedHookException missing(String what) {
        return RefusedHookException.hook("hook-incomplete", what + " is missing.");
    }

    private static RefusedHookException outOfOrder(String first, String then) {
        return RefusedHookException.hook("hook-out-of-order", first + " has to come before " + then + ".");
    }
}
