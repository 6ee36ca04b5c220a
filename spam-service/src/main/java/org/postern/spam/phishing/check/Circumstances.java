package org.postern.spam.phishing.check;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.SenderAuthentication;
import org.postern.spam.Acquaintance;

/**
 * What is known of a mail beside the mail itself.
 *
 * @param recipients addresses of its envelope; those of To count where none is known
 * @param ownDomains domains of this installation
 * @param colleagues people who are worth imitating
 * @param authentication what the domains' own records tell; null where nobody asked them
 * @param acquaintance how the recipients' domains know the sender; null where that is not known
 */
public record Circumstances(
        List<String> recipients,
        List<String> ownDomains,
        List<Colleague> colleagues,
        @Nullable SenderAuthentication authentication,
        @Nullable Acquaintance acquaintance) {
    public Circumstances {
        recipients = List.copyOf(recipients);
        ownDomains = List.copyOf(ownDomains);
        colleagues = List.copyOf(colleagues);
    }

    /** Nothing is known. */
    public static Circumstances unknown() {
        return new Circumstances(List.of(), List.of(), List.of(), null, null);
    }

    /**
     * Somebody who is worth imitating. Personal data, which no finding repeats.
     *
     * @param name as mails show it
     * @param addresses that are really theirs
     */
    public record Colleague(String name, List<String> addresses) {
        public Colleague {
            addresses = addresses.stream().map(a -> a.toLowerCase(Locale.ROOT)).toList();
        }

        @Override
        public String toString() {
            return "Colleague[hidden]";
        }
    }

    @Override
    public String toString() {
        return "Circumstances[hidden]";
    }
}
