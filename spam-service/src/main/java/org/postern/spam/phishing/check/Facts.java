package org.postern.spam.phishing.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.SenderIdentities;
import org.postern.mime.Mailbox;
import org.postern.spam.phishing.names.Brand;
import org.postern.spam.phishing.names.Domains;
import org.postern.spam.phishing.tables.Tables;
import org.postern.spam.phishing.view.Link;
import org.postern.spam.phishing.view.ParsedMail;
import org.postern.spam.phishing.view.WebAddress;
import org.postern.spam.phishing.view.Words;

/**
 * What the checks ask again and again, worked out once for a mail.
 *
 * @param senderHost the domain of the first From mailbox in ASCII form; empty where there is none
 * @param senderOrganisation the registered domain of it
 * @param senderBrand whose domain that is
 * @param name the words of the display name
 * @param claimed the brands that the display name claims to be
 * @param recipients addresses in lower case
 * @param ownOrganisations the registered domains of the recipients and of the installation, mailbox providers left out
 * @param lures the families of phrases that the mail uses
 * @param targets what its links lead to, each once; namespaces of documents are none
 * @param hosts their hosts, each once
 */
public record Facts(
        ParsedMail mail,
        Circumstances circumstances,
        Tables tables,
        String senderHost,
        String senderOrganisation,
        Optional<Brand> senderBrand,
        Words name,
        List<Brand> claimed,
        Set<String> recipients,
        Set<String> ownOrganisations,
        Set<String> lures,
        List<WebAddress> targets,
        List<String> hosts) {
    private static final int MOST_NAME_WORDS = 40;
    private static final int MOST_RECIPIENTS = 20;
    private static final int MOST_TAGS = 40;

    /** The facts of a mail. */
    public static Facts of(ParsedMail mail, Circumstances circumstances, Tables tables) {
        Mailbox sender = mail.sender();
        String host = sender == null ? "" : host(sender.domain());
        Words name = Words.of(sender == null ? "" : sender.name(), MOST_NAME_WORDS);
        Set<String> recipients = recipients(mail, circumstances);
        List<WebAddress> targets = targets(mail);
        return new Facts(
                mail,
                circumstances,
                tables,
                host,
                host.isEmpty() ? "" : Domains.organisation(host),
                host.isEmpty() ? Optional.empty() : tables.brands().ownerOf(host),
                name,
                tables.brands().claimedBy(name),
                recipients,
                organisations(recipients, circumstances, tables),
                Set.copyOf(tables.phrases().in(mail.words())),
                targets,
                targets.stream().map(WebAddress::host).distinct().toList());
    }

    private static Set<String> recipients(ParsedMail mail, Circumstances circumstances) {
        Stream<String> known = circumstances.recipients().isEmpty()
                ? mail.to().stream().filter(to -> !to.domain().isEmpty()).map(to -> to.local() + "@" + to.domain())
                : circumstances.recipients().stream();
        Set<String> recipients = new LinkedHashSet<>();
        known.limit(MOST_RECIPIENTS).forEach(address -> recipients.add(address.toLowerCase(Locale.ROOT)));
        return recipients;
    }

    private static Set<String> organisations(Set<String> recipients, Circumstances circumstances, Tables tables) {
        Set<String> organisations = new LinkedHashSet<>();
        Stream.concat(
                        circumstances.ownDomains().stream(),
                        recipients.stream().map(address -> address.substring(address.lastIndexOf('@') + 1)))
                .map(Facts::host)
                .filter(host -> !host.isEmpty() && !tables.isFreemail(host))
                .map(Domains::organisation)
                .forEach(organisations::add);
        return organisations;
    }

    private static List<WebAddress> targets(ParsedMail mail) {
        return mail.webLinks()
                .map(Link::target)
                .filter(target ->
                        !target.host().equals("www.w3.org") && !target.host().equals("schemas.microsoft.com"))
                .distinct()
                .toList();
    }

    private static String host(String domain) {
        return domain.isEmpty()
                ? ""
                : WebAddress.of("https://" + domain).map(WebAddress::host).orElse("");
    }

    /** The domain of a mailbox in ASCII form; empty where it has none. */
    public static String hostOf(Mailbox mailbox) {
        return host(mailbox.domain());
    }

    /** Whether a host is of the sender's organisation. */
    public boolean isSenders(String host) {
        return !senderOrganisation.isEmpty() && Domains.organisation(host).equals(senderOrganisation);
    }

    /** Whether a host belongs to those who receive the mail. */
    public boolean isOwn(String host) {
        return !host.isEmpty() && ownOrganisations.contains(Domains.organisation(host));
    }

    /** Whether the sender's mailbox is one that anybody can open. */
    public boolean isFreemail() {
        return !senderHost.isEmpty() && tables.isFreemail(senderHost);
    }

    /** Whether the sender's domain says of no brand that it writes: it is that of none, or anybody can have a mailbox there. */
    public boolean isOfNoBrand() {
        return senderBrand.isEmpty() || isFreemail();
    }

    /** Whether the brand could have sent it, by the domain alone. */
    public boolean isFrom(Brand brand) {
        return brand.owns(senderHost);
    }

    /** Whether the domain in From is proven by an aligned SPF or DKIM (RFC 7489 section 3.1). */
    public boolean isProven() {
        SenderAuthentication told = circumstances.authentication();
        if (told == null) {
            return false;
        }
        SenderIdentities identities = told.identities();
        return told.dmarc() == AuthenticationResult.PASS
                || (identities != null && (identities.spfAligned() || identities.dkimAligned()));
    }

    /**
     * Whose domain the sender's is, as far as that can be believed. Where nobody verified the sender it is; where somebody did,
     * it must be proven, or a brand that does not sign must at least not be refuted: From can be written by anybody. Where
     * anybody can have a mailbox, the domain is that of a brand only for who writes under its name.
     */
    public Optional<Brand> believedBrand() {
        return senderBrand
                .filter(brand -> !isFreemail() || claimed.contains(brand))
                .filter(brand -> circumstances.authentication() == null
                        || isProven()
                        || isVouchedFor()
                        || isSignedBy(brand)
                        || (!brand.signs() && !isRefuted()));
    }

    private boolean isRefuted() {
        SenderAuthentication told = circumstances.authentication();
        return told != null
                && (told.dmarc() == AuthenticationResult.FAIL
                        || told.spf() == AuthenticationResult.FAIL
                        || told.spf() == AuthenticationResult.SOFTFAIL);
    }

    /**
     * Whether a signature of the brand holds, or could not be verified now. Where nobody verified any, one that names the brand
     * is believed; where somebody did, one that does not hold is none: anybody can write it.
     */
    public boolean isSignedBy(Brand brand) {
        SenderAuthentication told = circumstances.authentication();
        if (told == null) {
            return mail.header().getOrDefault("dkim-signature", List.of()).stream()
                    .map(Facts::signingDomain)
                    .anyMatch(brand::owns);
        }
        return told.dkim().stream()
                .anyMatch(signature -> signature.domain() != null
                        && brand.owns(signature.domain().value())
                        && (signature.result() == AuthenticationResult.PASS
                                || signature.result() == AuthenticationResult.TEMPERROR));
    }

    private static String signingDomain(String signature) {
        for (String tag : signature.split(";", MOST_TAGS)) {
            String bare = tag.strip();
            if (bare.startsWith("d=")) {
                return bare.substring(2).strip().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    /** Whether the organisation of a host provably took part in sending: by the verified reverse-path or a valid signature. */
    public boolean hasSent(String host) {
        SenderAuthentication told = circumstances.authentication();
        if (told == null) {
            return false;
        }
        boolean signed = told.dkim().stream()
                .anyMatch(signature -> signature.result() == AuthenticationResult.PASS
                        && signature.domain() != null
                        && Domains.related(signature.domain().value(), host));
        SenderIdentities identities = told.identities();
        boolean returned = told.spf() == AuthenticationResult.PASS
                && identities != null
                && identities.mailFrom() != null
                && Domains.related(identities.mailFrom().value(), host);
        return signed || returned;
    }

    /** Whether the readers' own organisation verified the mail before it went on, and sealed that (RFC 8617). */
    public boolean isVouchedFor() {
        SenderAuthentication told = circumstances.authentication();
        if (told == null || told.arc() != AuthenticationResult.PASS) {
            return false;
        }
        SenderIdentities identities = told.identities();
        if (identities == null
                || identities.arcSealer() == null
                || !isOwn(identities.arcSealer().value())) {
            return false;
        }
        String instance = "i=" + identities.arcInstances() + ";";
        return mail.header().getOrDefault("arc-authentication-results", List.of()).stream()
                .map(result -> result.replaceAll("\\s", "").toLowerCase(Locale.ROOT))
                .anyMatch(result -> result.startsWith(instance) && result.contains(";dmarc=pass"));
    }

    /** Whether it says that a program for bulk mail sent it. Its sender wrote that: good for weak signs only. */
    public boolean isBulk() {
        return mail.has("list-unsubscribe") || mail.has("list-id");
    }

    /** Whether it says any of these. */
    public boolean saysAny(String... families) {
        return Stream.of(families).anyMatch(lures::contains);
    }

    @Override
    public String toString() {
        return "Facts[hidden]";
    }
}
