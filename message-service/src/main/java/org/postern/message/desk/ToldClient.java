package org.postern.message.desk;

import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;
import org.postern.events.MalformedValueException;
import org.postern.events.mail.Client;
import org.postern.message.intake.IpLiteral;
import org.postern.message.intake.RefusedRequestException;

/** What a mail server tells of its client. What cannot be read of it is left out: it is evidence, not a condition. */
public final class ToldClient {
    private static final int LONGEST_HELO = 255;

    private ToldClient() {}

    /** The client, by what was told of it. */
    public static Client of(@Nullable String ip, @Nullable String helo, @Nullable String hostname) {
        return new Client(ip(ip), helo(helo), hostname(hostname));
    }

    private static @Nullable String ip(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String bare = text.regionMatches(true, 0, "IPv6:", 0, 5) ? text.substring(5) : text;
        try {
            return IpLiteral.canonical(bare);
        } catch (RefusedRequestException e) {
            return null;
        }
    }

    private static @Nullable String helo(@Nullable String said) {
        boolean visible = said != null
                && !said.isEmpty()
                && said.length() <= LONGEST_HELO
                && said.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return visible ? said : null;
    }

    private static @Nullable String hostname(@Nullable String text) {
        // "unknown" is what Postfix says of a client without a verified name, [192.0.2.1] what Sendmail says.
        if (text == null || text.equals("unknown") || text.startsWith("[")) {
            return null;
        }
        try {
            // Resolvers hand names over with the dot of the root.
            return DomainName.of(text.endsWith(".") ? text.substring(0, text.length() - 1) : text)
                    .value();
        } catch (MalformedValueException e) {
            return null;
        }
    }
}
