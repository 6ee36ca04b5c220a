package org.postern.message.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MalformedValueException;
import org.postern.outbound.Network;

/**
 * An entry of the allow or the block list. It decides nothing by itself: a rule of the policy says what the list means.
 *
 * @param list {@code allow} or {@code block}
 * @param about the envelope's sender (an address, a domain, or {@code *.} and a domain) or the client (a network)
 * @param scope whom it holds for: an address or a domain; null for every recipient
 * @param expiresAt from when on it does not hold any more; null where it always does
 */
public record ListEntry(
        UUID id,
        String list,
        String about,
        @Nullable String scope,
        @Nullable Instant expiresAt,
        Instant addedAt) {
    private static final Set<String> LISTS = Set.of("allow", "block");
    private static final String KIND = "list entry";

    public ListEntry {
        if (!LISTS.contains(list)) {
            throw new MalformedValueException(KIND, "list must be allow or block");
        }
        about = normalised(about);
        scope = scope == null ? null : normalisedScope(scope);
    }

    /** Whether it has not expired by then. */
    public boolean holdsAt(Instant time) {
        return expiresAt == null || time.isBefore(expiresAt);
    }

    /** Whether it is about that sender or that client. */
    public boolean isAbout(EnvelopeSender sender, @Nullable String clientIp) {
        if (isNetwork(about)) {
            return clientIp != null && contains(clientIp);
        }
        return switch (sender) {
            case EnvelopeSender.NullSender none -> false;
            case EnvelopeSender.Mailbox mailbox ->
                about.indexOf('@') > 0
                        ? mailbox.address().folded().equals(about)
                        : Aspect.SENDER_DOMAIN.meets(about, mailbox.address().domain());
        };
    }

    private boolean contains(String ip) {
        try {
            // A literal: intake lets nothing else through, and no name is looked up.
            return Network.of(about).contains(InetAddress.getByName(ip));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isNetwork(String text) {
        return text.indexOf('/') > 0 || text.indexOf(':') >= 0 || text.matches("[0-9.]+");
    }

    private static String normalised(String text) {
        if (text.indexOf('@') > 0) {
            return MailAddress.of(text).folded();
        }
        if (isNetwork(text)) {
            try {
                Network.of(text);
            } catch (IllegalArgumentException e) {
                throw new MalformedValueException(KIND, "a network is written like 192.0.2.0/24");
            }
            return text.toLowerCase(Locale.ROOT);
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("*.")
                ? "*." + DomainName.of(lower.substring(2)).value()
                : DomainName.of(lower).value();
    }

    private static String normalisedScope(String text) {
        return text.indexOf('@') > 0
                ? MailAddress.of(text).folded()
                : DomainName.of(text.toLowerCase(Locale.ROOT)).value();
    }

    @Override
    public String toString() {
        return "ListEntry[" + list + ", " + id + "]";
    }
}
