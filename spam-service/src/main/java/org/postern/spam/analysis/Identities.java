package org.postern.spam.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;
import org.postern.events.EnvelopeSender;
import org.postern.events.MalformedValueException;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.SenderIdentities;
import org.postern.spam.Mail;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.view.ParsedMail;

/** Completes what the engine says of the sender by what the mail itself says: domains, algorithms, the chain of seals. */
final class Identities {
    private static final int MOST_TAGS = 40;

    private Identities() {}

    static SenderAuthentication complete(SenderAuthentication told, Mail mail, ParsedMail parsed) {
        DomainName mailFrom = mailFrom(mail.from());
        DomainName helo = domain(mail.client().helo());
        DomainName headerFrom =
                parsed.from().size() == 1 ? domain(parsed.from().getFirst().domain()) : null;
        DomainName verified = mailFrom == null ? helo : mailFrom;
        boolean spf = told.spf() == AuthenticationResult.PASS && related(verified, headerFrom);
        boolean dkim = told.dkim().stream()
                .anyMatch(signature ->
                        signature.result() == AuthenticationResult.PASS && related(signature.domain(), headerFrom));
        List<String> seals = parsed.header().getOrDefault("arc-seal", List.of());
        // What the client calls itself is its own affair: it verifies, and is not told.
        return new SenderAuthentication(
                told.spf(),
                told.dkim().stream().map(s -> withAlgorithm(s, parsed)).toList(),
                told.dmarc(),
                told.dmarcPolicy(),
                told.arc(),
                new SenderIdentities(mailFrom, null, headerFrom, spf, dkim, seals.size(), sealer(seals)));
    }

    private static @Nullable DomainName mailFrom(@Nullable EnvelopeSender from) {
        return switch (from) {
            case null -> null;
            case EnvelopeSender.NullSender none -> null;
            case EnvelopeSender.Mailbox mailbox -> {
                String address = mailbox.address().value();
                yield domain(address.substring(address.lastIndexOf('@') + 1));
            }
        };
    }

    private static boolean related(@Nullable DomainName one, @Nullable DomainName other) {
        return one != null && other != null && Domains.related(one.value(), other.value());
    }

    private static DkimSignature withAlgorithm(DkimSignature signature, ParsedMail mail) {
        DomainName domain = signature.domain();
        if (domain == null) {
            return signature;
        }
        Optional<String> algorithm = mail.header().getOrDefault("dkim-signature", List.of()).stream()
                .map(Identities::tags)
                .filter(tags -> domain.value().equalsIgnoreCase(tags.get("d"))
                        && (signature.selector() == null || signature.selector().equals(tags.get("s"))))
                .flatMap(tags -> Optional.ofNullable(tags.get("a")).stream())
                .filter(a -> a.equals("rsa-sha256") || a.equals("rsa-sha1") || a.equals("ed25519-sha256"))
                .findFirst();
        return new DkimSignature(domain, signature.selector(), signature.result(), algorithm.orElse(null));
    }

    /** The seal with the highest instance. */
    private static @Nullable DomainName sealer(List<String> seals) {
        int newest = 0;
        DomainName sealer = null;
        for (String seal : seals) {
            Map<String, String> tags = tags(seal);
            String digits = tags.getOrDefault("i", "");
            boolean number =
                    digits.length() <= 2 && !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            int instance = number ? Integer.parseInt(digits) : 0;
            if (instance > newest) {
                newest = instance;
                sealer = domain(tags.get("d"));
            }
        }
        return sealer;
    }

    /** The tags of a signature (RFC 6376 section 3.2); of two of one name the first. */
    private static Map<String, String> tags(String value) {
        Map<String, String> tags = new HashMap<>();
        for (String part : value.split(";", MOST_TAGS)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                tags.putIfAbsent(
                        part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).strip());
            }
        }
        return tags;
    }

    private static @Nullable DomainName domain(@Nullable String text) {
        if (text == null || text.indexOf('.') < 0) {
            return null;
        }
        try {
            return DomainName.of(text);
        } catch (MalformedValueException e) {
            return null;
        }
    }
}
