package org.postern.message.withdrawal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks into a mailbox as its owner does, by no line of ours. */
final class JmapEye {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String login;
    private final String account;

    JmapEye(String url, String user, String password) {
        this.url = url;
        this.login =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        this.account = ask("/jmap/session", null)
                .path("primaryAccounts")
                .path("urn:ietf:params:jmap:mail")
                .asText();
    }

    /** The subjects of its mails, by the names of the mailboxes they are in. */
    Map<String, List<String>> subjects() {
        Map<String, String> names = names();
        Map<String, List<String>> subjects = new TreeMap<>();
        for (JsonNode email : emails()) {
            email.path("mailboxIds").fieldNames().forEachRemaining(id -> subjects.computeIfAbsent(
                            names.get(id), name -> new ArrayList<>())
                    .add(email.path("subject").asText()));
        }
        subjects.values().forEach(list -> list.sort(null));
        return subjects;
    }

    /** The keywords of the mail with that subject. */
    List<String> keywords(String subject) {
        List<String> keywords = new ArrayList<>();
        for (JsonNode email : emails()) {
            if (email.path("subject").asText().equals(subject)) {
                email.path("keywords").fieldNames().forEachRemaining(keywords::add);
            }
        }
        return keywords;
    }

    /** The owner moves a mail to a mailbox, which is made where it is missing. */
    void move(String subject, String mailbox) {
        Map<String, String> ids = new HashMap<>();
        names().forEach((id, name) -> ids.put(name, id));
        String target = ids.computeIfAbsent(
                mailbox, name -> call("Mailbox/set", "\"create\":{\"m\":{\"name\":\"" + name + "\"}}")
                        .path("created")
                        .path("m")
                        .path("id")
                        .asText());
        for (JsonNode email : emails()) {
            if (email.path("subject").asText().equals(subject)) {
                call(
                        "Email/set",
                        "\"update\":{\"" + email.path("id").asText() + "\":{\"mailboxIds\":{\"" + target
                                + "\":true}}}");
            }
        }
    }

    /** The owner removes a mailbox that is empty. */
    void removeMailbox(String mailbox) {
        names().forEach((id, name) -> {
            if (name.equals(mailbox)) {
                call("Mailbox/set", "\"destroy\":[\"" + id + "\"]");
            }
        });
    }

    private Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        call("Mailbox/get", "\"ids\":null")
                .path("list")
                .forEach(mailbox -> names.put(
                        mailbox.path("id").asText(), mailbox.path("name").asText()));
        return names;
    }

    private JsonNode emails() {
        JsonNode ids = call("Email/query", "\"limit\":100").path("ids");
        return call("Email/get", "\"ids\":" + ids + ",\"properties\":[\"id\",\"subject\",\"mailboxIds\",\"keywords\"]")
                .path("list");
    }

    private JsonNode call(String method, String arguments) {
        return ask(
                        "/jmap",
                        "{\"using\":[\"urn:ietf:params:jmap:core\",\"urn:ietf:params:jmap:mail\"],\"methodCalls\":[[\""
                                + method + "\",{\"accountId\":\"" + account + "\"," + arguments + "},\"0\"]]}")
                .path("methodResponses")
                .path(0)
                .path(1);
    }

    private JsonNode ask(String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Accept", "application/json; jmapVersion=rfc-8621")
                .header("Authorization", login);
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
