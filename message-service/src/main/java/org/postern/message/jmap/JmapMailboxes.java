package org.postern.message.jmap;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.message.withdrawal.MailServerException;
import org.postern.message.withdrawal.MailServerException.Kind;
import org.postern.message.withdrawal.Mailbox;
import org.postern.message.withdrawal.Mailboxes;
import org.postern.outbound.OutboundGuard;

/**
 * Mailboxes of a server that speaks JMAP. Each is opened by a session of its own (RFC 8620, 2): what one login may see can
 * change at any time.
 */
public final class JmapMailboxes implements Mailboxes, AutoCloseable {
    static final String CORE = "urn:ietf:params:jmap:core";
    static final String MAIL = "urn:ietf:params:jmap:mail";

    private final JmapHttp http;
    private final URI url;
    private final JmapLogin login;
    private final @Nullable String delimiter;
    private final Destination destination;

    /**
     * Where what is withdrawn goes.
     *
     * @param name of a mailbox at the top, which is made where it is missing
     * @param role of a mailbox, which goes before the name; null where the name decides
     */
    public record Destination(String name, @Nullable String role) {}

    /**
     * @param url the server, or its session resource; where it has no path the session is discovered
     * @param otherOrigins where the server's calls or downloads are, if not where the session is
     * @param delimiter what separates a local part from its tag; null where there are no tags
     * @param timeout of each answer
     */
    public JmapMailboxes(
            Vertx vertx,
            OutboundGuard guard,
            URI url,
            Set<String> otherOrigins,
            JmapLogin login,
            @Nullable String delimiter,
            Destination destination,
            Duration timeout) {
        Set<String> origins = new HashSet<>(otherOrigins);
        origins.add(url.toString());
        this.http = new JmapHttp(vertx, guard, origins, timeout);
        boolean bare = url.getRawPath() == null || url.getRawPath().length() < 2;
        this.url = bare ? url.resolve("/.well-known/jmap") : url;
        this.login = login;
        this.delimiter = delimiter;
        this.destination = destination;
    }

    @Override
    public Mailbox open(MailAddress recipient) throws MailServerException {
        MailAddress mailbox = untagged(recipient);
        Map<String, String> fields = login.fields(mailbox);
        JsonNode session;
        try {
            session = http.get(url, fields);
        } catch (MailServerException e) {
            boolean forbidden = e.reason().equals("status-401") || e.reason().equals("status-403");
            // Logged in as the recipient it may be this one alone who is not there.
            throw forbidden && login.isAsRecipient()
                    ? new MailServerException(Kind.MAILBOX, e.reason(), e.after(), e)
                    : e;
        }
        if (!session.path("capabilities").has(MAIL)) {
            throw new MailServerException(Kind.SERVER, "no-mail-capability");
        }
        return new JmapMailbox(
                new JmapAccount(
                        http,
                        fields,
                        JmapHttp.resolved(url, session.path("apiUrl").asText()),
                        url,
                        session.path("downloadUrl").asText(),
                        account(session, login.accountOf(mailbox))),
                destination);
    }

    /**
     * The account of that name. Where we are logged in as the recipient, theirs: a server need not call it by the address.
     */
    private String account(JsonNode session, String name) throws MailServerException {
        for (Map.Entry<String, JsonNode> account : session.path("accounts").properties()) {
            JsonNode about = account.getValue();
            boolean ofMail = about.path("accountCapabilities").has(MAIL);
            if (ofMail && about.path("name").asText().equalsIgnoreCase(name)) {
                return account.getKey();
            }
        }
        String primary = session.path("primaryAccounts").path(MAIL).asText();
        if (!login.isAsRecipient()
                || !session.path("accounts").path(primary).path("isPersonal").asBoolean()) {
            throw new MailServerException(Kind.NO_MAILBOX, "no-mailbox");
        }
        return primary;
    }

    private MailAddress untagged(MailAddress recipient) {
        int cut = delimiter == null ? -1 : recipient.localPart().indexOf(delimiter);
        return cut < 1 || recipient.localPart().startsWith("\"")
                ? recipient
                : new MailAddress(recipient.localPart().substring(0, cut), recipient.domain());
    }

    @Override
    public void close() {
        http.close();
    }
}
