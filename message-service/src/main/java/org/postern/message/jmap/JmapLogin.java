package org.postern.message.jmap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.events.MailAddress;
import org.postern.message.withdrawal.MailServerException;

/**
 * How we log in for a recipient. The secret is read from its file every time, so that a new one needs no restart.
 *
 * @param scheme how
 * @param user the user of {@code Basic}, a template
 * @param secretFile the password or the token
 * @param header a field in which the recipient is named to a server that trusts us; null where there is none
 * @param account the name of the recipient on the server, a template
 */
public record JmapLogin(
        Scheme scheme,
        String user,
        @Nullable Path secretFile,
        @Nullable String header,
        String account) {
    /** How the secret is shown. */
    public enum Scheme {
        /** User and password (RFC 7617). */
        BASIC,
        /** A token (RFC 6750). */
        BEARER,
        /** Nothing: the server trusts the address we come from. */
        NONE
    }

    /** Whether the session that we are given is that of the recipient, and not one of ours that sees many accounts. */
    boolean isAsRecipient() {
        return header != null || user.contains("{");
    }

    /** The name of the recipient on the server. */
    String accountOf(MailAddress recipient) {
        return filled(account, recipient);
    }

    Map<String, String> fields(MailAddress recipient) throws MailServerException {
        Map<String, String> fields = new LinkedHashMap<>();
        switch (scheme) {
            case BASIC ->
                fields.put(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((filled(user, recipient) + ":" + secret())
                                                .getBytes(StandardCharsets.UTF_8)));
            case BEARER -> fields.put("Authorization", "Bearer " + secret());
            case NONE -> {}
        }
        if (header != null) {
            fields.put(header, accountOf(recipient));
        }
        return fields;
    }

    private String secret() throws MailServerException {
        try {
            return secretFile == null ? "" : Files.readString(secretFile).strip();
        } catch (IOException e) {
            throw new MailServerException(MailServerException.Kind.SERVER, "secret-unreadable", null, e);
        }
    }

    private static String filled(String template, MailAddress recipient) {
        return template.replace("{address}", recipient.value())
                .replace("{local}", recipient.localPart())
                .replace("{domain}", recipient.domain());
    }

    @Override
    public String toString() {
        return "JmapLogin[" + scheme + "]";
    }
}
