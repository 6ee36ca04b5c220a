package org.postern.message.mtahooks;

import java.io.IOException;
import org.postern.events.mail.Client;
import org.postern.message.desk.ToldClient;

/** Reads what a hook tells of the SMTP session. */
final class ContextReader {
    private static final int LONGEST_TEXT = 1024;

    private final JsonInput json;

    ContextReader(JsonInput json) {
        this.json = json;
    }

    HookContext read() throws IOException {
        String stage = null;
        String user = null;
        String queueId = null;
        Client client = Client.UNKNOWN;
        JsonMembers members = JsonMembers.of(json);
        for (String name = members.next(); name != null; name = members.next()) {
            switch (name) {
                case "stage" -> stage = json.string(LONGEST_TEXT);
                case "sasl" -> user = JsonMembers.textOf(json, "login");
                case "queue" -> queueId = JsonMembers.textOf(json, "id");
                case "client" -> client = client();
                default -> json.skip();
            }
        }
        if (stage == null) {
            throw RefusedHookException.missing("context.stage");
        }
        return new HookContext(stage, client, user == null || user.isEmpty() ? null : user, queueId);
    }

    private Client client() throws IOException {
        if (json.isNull()) {
            return Client.UNKNOWN;
        }
        String ip = null;
        String helo = null;
        String hostname = null;
        JsonMembers members = JsonMembers.of(json);
        for (String name = members.next(); name != null; name = members.next()) {
            switch (name) {
                case "ip" -> ip = json.stringOrNull(LONGEST_TEXT);
                case "helo" -> helo = json.stringOrNull(LONGEST_TEXT);
                case "ehlo" -> {
                    // Stalwart writes helo, its manual ehlo.
                    members.once("helo");
                    helo = json.stringOrNull(LONGEST_TEXT);
                }
                case "ptr" -> hostname = json.stringOrNull(LONGEST_TEXT);
                default -> json.skip();
            }
        }
        return ToldClient.of(ip, helo, hostname);
    }
}
