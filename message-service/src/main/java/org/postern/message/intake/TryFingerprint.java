package org.postern.message.intake;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;
import org.postern.events.MailAddress;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.SmtpSession;

/**
 * What makes two deliveries by SMTP tries of one message: the same tenant, body, envelope, network of the client and
 * authenticated user. The network and not the address: large senders come again from a neighbour (a /24, or a /64 of IPv6).
 */
public record TryFingerprint(ContentHash value) {
    private static final int NETWORK_BYTES_OF_IPV4 = 3;
    private static final int NETWORK_BYTES_OF_IPV6 = 8;
    private static final int IPV4_BYTES = 4;

    /** The fingerprint of a message, from what was told of it. */
    public static TryFingerprint of(MailReceived mail) {
        List<String> recipients = mail.envelope().recipients().stream()
                .map(MailAddress::folded)
                .sorted()
                .toList();
        FieldDigest digest = new FieldDigest()
                .add(mail.tenant().value())
                .add(mail.object().sha256().hex())
                .add(mail.envelope().from().value())
                .add(Integer.toString(recipients.size()));
        recipients.forEach(digest::add);
        return new TryFingerprint(
                digest.add(network(mail.client().ip())).add(user(mail)).value());
    }

    /** What a user's messages are counted under; null where nobody logged in. */
    public static @Nullable ContentHash sender(MailReceived mail) {
        String user = user(mail);
        return user == null
                ? null
                : new FieldDigest()
                        .add(mail.tenant().value())
                        .add(user.toLowerCase(Locale.ROOT))
                        .value();
    }

    private static @Nullable String user(MailReceived mail) {
        SmtpSession session = mail.smtp();
        return session == null ? null : session.authenticatedUser();
    }

    private static @Nullable String network(@Nullable String ip) {
        if (ip == null) {
            return null;
        }
        try {
            // A literal in its canonical spelling: it is parsed, not resolved.
            byte[] address = InetAddress.getByName(ip).getAddress();
            int bytes = address.length == IPV4_BYTES ? NETWORK_BYTES_OF_IPV4 : NETWORK_BYTES_OF_IPV6;
            return HexFormat.of().formatHex(Arrays.copyOf(address, bytes));
        } catch (UnknownHostException e) {
            return ip;
        }
    }
}
