package org.postern.message.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postern.message.stamp.Stamps;
import org.postern.message.withdrawal.Candidate;
import org.postern.message.withdrawal.Edit;
import org.postern.message.withdrawal.MailServerException;
import org.postern.message.withdrawal.MailServerException.Kind;
import org.postern.message.withdrawal.Mailbox;
import org.postern.message.withdrawal.Placement;
import org.postern.message.withdrawal.Sought;

/** An account that holds mail (RFC 8621). */
final class JmapMailbox implements Mailbox {
    private static final String STAMP = Stamps.PREFIX + "Message";
    private static final String STAMPS = "header:" + STAMP + ":asRaw:all";

    private final JmapAccount account;
    private final JmapMailboxes.Destination destination;

    JmapMailbox(JmapAccount account, JmapMailboxes.Destination destination) {
        this.account = account;
        this.destination = destination;
    }

    @Override
    public String account() {
        return account.id();
    }

    @Override
    public List<Candidate> find(Sought sought) throws MailServerException {
        ObjectNode query = JmapAccount.arguments();
        query.set("filter", filter(sought));
        query.put("limit", MOST_CANDIDATES + 1);
        JsonNode ids = account.call("Email/query", query).path("ids");
        if (ids.size() > MOST_CANDIDATES) {
            throw new MailServerException(Kind.NEVER, "too-many-candidates");
        }
        List<Candidate> candidates = new ArrayList<>();
        if (!ids.isEmpty()) {
            ObjectNode get = JmapAccount.arguments();
            get.set("ids", ids);
            get.putArray("properties").add("id").add("blobId").add("size").add(STAMPS);
            for (JsonNode email : account.call("Email/get", get).path("list")) {
                List<String> stamps = new ArrayList<>();
                email.path(STAMPS).forEach(value -> stamps.add(value.asText()));
                candidates.add(new Candidate(
                        email.path("id").asText(),
                        email.path("blobId").asText(),
                        email.path("size").asLong(),
                        stamps));
            }
        }
        return candidates;
    }

    /** By all that is known: an index that has only one of the two narrows the search by that. */
    private static ObjectNode filter(Sought sought) {
        String internetId = sought.internetId();
        if (!sought.stamped()) {
            return header("Message-ID", String.valueOf(internetId));
        }
        ObjectNode stamp = header(STAMP, sought.message().toString());
        if (internetId == null) {
            return stamp;
        }
        ObjectNode both = JmapAccount.arguments().put("operator", "AND");
        both.putArray("conditions").add(header("Message-ID", internetId)).add(stamp);
        return both;
    }

    private static ObjectNode header(String name, String value) {
        ObjectNode condition = JmapAccount.arguments();
        condition.putArray("header").add(name).add(value);
        return condition;
    }

    @Override
    public void read(Candidate candidate, OutputStream to) throws MailServerException {
        account.download(candidate.blob(), to);
    }

    @Override
    public String quarantine() throws MailServerException {
        String role = destination.role();
        for (JsonNode mailbox : mailboxes()) {
            boolean ours = role == null
                    ? mailbox.path("name").asText().equals(destination.name())
                            && mailbox.path("parentId").asText("").isEmpty()
                    : mailbox.path("role").asText("").equals(role);
            if (ours) {
                return mailbox.path("id").asText();
            }
        }
        if (role != null) {
            throw new MailServerException(Kind.MAILBOX, "no-mailbox-of-role");
        }
        return created();
    }

    private String created() throws MailServerException {
        ObjectNode set = JmapAccount.arguments();
        // Not subscribed: the reader is not to come upon it.
        set.putObject("create")
                .putObject("quarantine")
                .put("name", destination.name())
                .putNull("parentId")
                .put("isSubscribed", false);
        JsonNode response = account.call("Mailbox/set", set);
        String id = response.path("created").path("quarantine").path("id").asText("");
        if (id.isEmpty()) {
            // Another replica may have made it: then it is there the next time.
            throw new MailServerException(
                    Kind.MAILBOX,
                    JmapAccount.code(response.path("notCreated")
                            .path("quarantine")
                            .path("type")
                            .asText("")));
        }
        return id;
    }

    @Override
    public Folders folders() throws MailServerException {
        Set<String> ids = new HashSet<>();
        String inbox = "";
        for (JsonNode mailbox : mailboxes()) {
            ids.add(mailbox.path("id").asText());
            if (mailbox.path("role").asText("").equals("inbox")) {
                inbox = mailbox.path("id").asText();
            }
        }
        return new Folders(ids, inbox);
    }

    /** All of them: not every server finds one by its name. */
    private JsonNode mailboxes() throws MailServerException {
        ObjectNode get = JmapAccount.arguments().putNull("ids");
        get.putArray("properties").add("id").add("name").add("parentId").add("role");
        return account.call("Mailbox/get", get).path("list");
    }

    @Override
    public Placement places(Collection<String> emails) throws MailServerException {
        ObjectNode get = JmapAccount.arguments();
        ArrayNode ids = get.putArray("ids");
        emails.forEach(ids::add);
        get.putArray("properties").add("id").add("mailboxIds").add("keywords");
        JsonNode response = account.call("Email/get", get);
        List<Placement.Place> places = new ArrayList<>();
        for (JsonNode email : response.path("list")) {
            places.add(new Placement.Place(
                    email.path("id").asText(), set(email.path("mailboxIds")), set(email.path("keywords"))));
        }
        return new Placement(response.path("state").asText(), places);
    }

    private static Set<String> set(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Override
    public Map<String, String> change(String state, Collection<Edit> edits) throws MailServerException {
        ObjectNode set = JmapAccount.arguments().put("ifInState", state);
        ObjectNode update = set.putObject("update");
        for (Edit edit : edits) {
            ObjectNode patch = update.putObject(edit.email());
            switch (edit) {
                case Edit.Put put -> {
                    ObjectNode mailboxes = patch.putObject("mailboxIds");
                    put.mailboxes().forEach(mailbox -> mailboxes.put(mailbox, true));
                }
                case Edit.Mark mark -> {
                    // A pointer (RFC 6901): of the characters that a keyword may have, only the tilde has to be
                    // escaped.
                    String pointer = "keywords/" + mark.keyword().replace("~", "~0");
                    if (mark.present()) {
                        patch.put(pointer, true);
                    } else {
                        patch.putNull(pointer);
                    }
                }
            }
        }
        Map<String, String> refused = new LinkedHashMap<>();
        JsonNode response = account.call("Email/set", set);
        for (Edit edit : edits) {
            if (!response.path("updated").has(edit.email())) {
                String type = response.path("notUpdated")
                        .path(edit.email())
                        .path("type")
                        .asText("");
                // One that is gone needs nothing more.
                if (!type.equals("notFound")) {
                    refused.put(edit.email(), JmapAccount.code(type));
                }
            }
        }
        return refused;
    }
}
