package org.postern.message.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.postern.message.withdrawal.MailServerException;
import org.postern.message.withdrawal.MailServerException.Kind;

/**
 * Calls methods for one account.
 *
 * @param fields of our login
 * @param api where methods are called
 * @param session where the session was asked for
 * @param download the template of RFC 8620, 6.2
 * @param id of the account
 */
record JmapAccount(JmapHttp http, Map<String, String> fields, URI api, URI session, String download, String id) {
    static ObjectNode arguments() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Calls one method, and gives the arguments of its response. */
    JsonNode call(String method, ObjectNode arguments) throws MailServerException {
        ObjectNode request = arguments();
        request.putArray("using").add(JmapMailboxes.CORE).add(JmapMailboxes.MAIL);
        ArrayNode call = request.putArray("methodCalls").addArray();
        call.add(method).add(arguments.put("accountId", id)).add("0");
        JsonNode response =
                http.post(api, fields, request).path("methodResponses").path(0);
        String name = response.path(0).asText();
        if (name.equals("error")) {
            throw meaning(response.path(1).path("type").asText());
        }
        if (!name.equals(method)) {
            throw new MailServerException(Kind.MAILBOX, "response-missing");
        }
        return response.path(1);
    }

    void download(String blob, OutputStream to) throws MailServerException {
        String url = download.replace("{accountId}", encoded(id))
                .replace("{blobId}", encoded(blob))
                .replace("{type}", encoded("application/octet-stream"))
                .replace("{name}", "mail.eml");
        http.download(JmapHttp.resolved(session, url), fields, to);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What an error of a method means (RFC 8620, 3.6.2 and 5). */
    static MailServerException meaning(String type) {
        return switch (type) {
            case "serverUnavailable", "serverFail", "serverPartialFail", "rateLimit" ->
                new MailServerException(Kind.SERVER, code(type));
            case "stateMismatch" -> new MailServerException(Kind.CHANGED, code(type));
            case "accountNotFound" -> new MailServerException(Kind.NO_MAILBOX, "no-mailbox");
            case "accountNotSupportedByMethod",
                    "accountReadOnly",
                    "forbidden",
                    "unknownMethod",
                    "unsupportedFilter",
                    "invalidArguments" -> new MailServerException(Kind.NEVER, code(type));
            default -> new MailServerException(Kind.MAILBOX, code(type));
        };
    }

    /** The type as a code of ours: what a server writes there may be anything. */
    static String code(String type) {
        return type.length() <= 40 && !type.isEmpty() && type.chars().allMatch(Character::isLetter)
                ? "jmap-" + type
                : "jmap-error";
    }
}
