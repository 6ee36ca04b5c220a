package org.postern.message.wiring;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.postern.database.Transactions;
import org.postern.events.DomainName;
import org.postern.events.MailAddress;
import org.postern.events.RecipientHashKey;
import org.postern.message.config.DigestConfig;
import org.postern.message.config.QuarantineConfig;
import org.postern.message.digest.DigestLinks;
import org.postern.message.digest.DigestPost;
import org.postern.message.digest.DigestTerms;
import org.postern.message.digest.DigestUnsentException;
import org.postern.message.digest.FollowLink;
import org.postern.message.digest.Letters;
import org.postern.message.digest.SendDigests;
import org.postern.message.ledger.Ledger;
import org.postern.message.letter.DigestLetters;
import org.postern.message.postgres.JdbcDigests;
import org.postern.message.quarantine.Quarantine;
import org.postern.message.quarantine.ReleaseMail;
import org.postern.message.smtp.SmtpDigestPost;
import org.postern.message.smtp.SmtpServer;
import org.postern.store.MessageStore;

/** The beans of the digests. */
final class DigestBeans {
    private static final String NOBODY = "postmaster@postern.localhost";

    @Produces
    @Singleton
    DigestTerms terms(DigestConfig config) {
        List<String> domains = config.domains().orElse(List.of()).stream()
                .map(DigestBeans::domain)
                .toList();
        if (!domains.isEmpty() && (config.origin().isEmpty() || config.from().isEmpty())) {
            throw new IllegalStateException(
                    "postern.digest.domains needs postern.digest.origin and postern.digest.from");
        }
        return new DigestTerms(
                domains,
                config.origin().map(DigestBeans::origin).orElse(""),
                config.times(),
                config.zone(),
                config.language(),
                config.languages(),
                config.releasable(),
                config.validity(),
                config.most());
    }

    private static String domain(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("*.")
                ? "*." + DomainName.of(lower.substring(2)).value()
                : DomainName.of(lower).value();
    }

    private static String origin(URI uri) {
        boolean path = uri.getPath() != null
                && !uri.getPath().isEmpty()
                && !uri.getPath().equals("/");
        if (uri.getScheme() == null || uri.getHost() == null || path) {
            throw new IllegalStateException("postern.digest.origin must be a scheme and a host, and perhaps a port");
        }
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    @Produces
    @Singleton
    DigestLinks links(QuarantineBeans.Secret secret, Clock clock, DigestConfig config) {
        return new DigestLinks(secret.bytes(), clock, config.validity());
    }

    @Produces
    @Singleton
    Letters letters(DigestConfig config) {
        return new DigestLetters(MailAddress.of(config.from().orElse(NOBODY)), config.zone());
    }

    @Produces
    @Singleton
    SendDigests sendDigests(
            Transactions transactions,
            Quarantine quarantine,
            Ledger ledger,
            MessageStore store,
            DigestLinks links,
            Letters letters,
            DigestTerms terms,
            Clock clock,
            DigestConfig config,
            QuarantineConfig release) {
        return new SendDigests(
                new JdbcDigests(transactions, clock),
                quarantine,
                ledger,
                store,
                links,
                letters,
                post(config, release.release()),
                terms,
                clock);
    }

    private static DigestPost post(DigestConfig config, QuarantineConfig.Release release) {
        return config.host()
                .or(release::host)
                .<DigestPost>map(host -> new SmtpDigestPost(
                        new SmtpServer(host, config.port().orElse(release.port()), release.helo(), release.timeout())))
                .orElse((to, letter) -> {
                    throw new DigestUnsentException(null);
                });
    }

    @Produces
    @Singleton
    FollowLink followLink(
            DigestLinks links,
            DigestTerms terms,
            Quarantine quarantine,
            Ledger ledger,
            ReleaseMail release,
            SendDigests digests,
            RecipientHashKey hashKey) {
        return new FollowLink(links, terms, quarantine, ledger, release, digests, hashKey);
    }
}
