package org.postern.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages for people, without a script: what this is, and what can be called. */
public final class ApiPage {
    private static final String STYLE =
            "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
                    + "code{background:#8882;padding:.1rem .3rem;border-radius:.2rem}table{border-collapse:collapse}"
                    + "td,th{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top}";

    private ApiPage() {}

    /** What a browser may do with them: apply this style, and nothing else. */
    public static String contentSecurityPolicy() {
        return "default-src 'none'; style-src 'sha256-" + hash() + "'; frame-ancestors 'none'; base-uri 'none'";
    }

    /** The same where forms may be sent, by us, and by where the answer sends the browser on. */
    public static String contentSecurityPolicy(String formTargets) {
        return contentSecurityPolicy() + "; form-action " + formTargets;
    }

    /** A page that says one thing. */
    public static String message(String title, String text) {
        return page(escaped(title), "<p>" + escaped(text) + "</p><p><a href=\"/\">On</a></p>");
    }

    /** Asks whether the images of the mail whose page was asked for are to be shown. */
    public static String showImages() {
        return page(
                "Show images?",
                "<p>The images of this mail come from elsewhere. To load them can tell its sender that it is read.</p>"
                        + "<p><a href=\"?remote=proxied\">Show them</a></p>"
                        + "<p><a href=\"?remote=blocked\">Show the mail without them</a></p>");
    }

    /** What the page at the root says to somebody who can log in. */
    public static String loginLink() {
        return "<p>Nobody is logged in here. <a href=\"/login\">Log in</a></p>";
    }

    /** What the page at the root says to somebody who has logged in. */
    public static String loggedIn(@Nullable String name, Collection<String> roles) {
        return "<p>Logged in" + (name == null ? "" : " as <strong>" + escaped(name) + "</strong>") + ", with the roles "
                + escaped(String.join(", ", roles.stream().sorted().toList()))
                + ".</p><form method=\"post\" action=\"/logout\"><button>Log out</button></form>";
    }

    /** The page at the root, with what it says of who is logged in. */
    public static String root(String login) {
        return page(
                "Postern",
                login
                        + "<p>This is the door of a mail-security suite: it takes a message, has it scanned for"
                        + " viruses, judged for spam, phishing and forged senders, renders it so that reading it is"
                        + " harmless, and wakes the reader's devices.</p><ul><li><a href=\"/openapi\">What can be"
                        + " called</a>, also as <a href=\"/openapi.json\">OpenAPI</a></li><li>A vulnerability? <a"
                        + " href=\"/.well-known/security.txt\">Whom to tell</a></li></ul>");
    }

    /** The page that lists the calls of a document. */
    public static String calls(JsonNode document) {
        StringBuilder text = new StringBuilder(
                "<p>Every call needs a bearer token for the audience <code>postern-api</code> with one of the roles"
                        + " named. The same as <a"
                        + " href=\"/openapi.json\">OpenAPI</a>.</p><table><tr><th>call<th>roles<th></tr>");
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                StringBuilder roles = new StringBuilder();
                call.getValue().path("x-roles").forEach(role -> roles.append(roles.isEmpty() ? "" : ", ")
                        .append(role.asText()));
                text.append("<tr><td><code>")
                        .append(escaped(call.getKey().toUpperCase(Locale.ROOT)))
                        .append(' ')
                        .append(escaped(path.getKey()))
                        .append("</code><td>")
                        .append(escaped(roles.toString()))
                        .append("<td>")
                        .append(escaped(call.getValue().path("summary").asText("")))
                        .append("</tr>");
            }
        }
        return page("Postern: calls", text.append("</table>").toString());
    }

    private static String page(String title, String body) {
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\""
                + " content=\"width=device-width\"><title>" + title + "</title><style>" + STYLE + "</style><h1>" + title
                + "</h1>" + body + "</html>";
    }

    private static String escaped(@Nullable String text) {
        return text == null
                ? ""
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;");
    }

    private static String hash() {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
