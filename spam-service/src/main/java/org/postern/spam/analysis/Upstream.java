package org.postern.spam.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;
import org.postern.events.MalformedValueException;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.SenderAuthentication;
import org.postern.spam.analysis.AuthenticationResultsReader.Field;
import org.postern.spam.analysis.AuthenticationResultsReader.Method;
import org.postern.spam.phishing.view.ParsedMail;
import org.postern.spam.phishing.view.TracedResult;

/**
 * Servers of our own in front of this one, whose word on the sender is taken: they saw the mail as it arrived. Nobody is
 * believed by default.
 *
 * <p>What a sender writes of itself stands below what our servers write, because each writes above what is there. So a field
 * counts only where it is the topmost one of its server and no more than our servers' own {@code Received} fields stand above
 * it; one that cannot be read ends the search. A server in front must take fields with its own name out of the mail that it
 * is given (RFC 8601 section 5): where it does not and verifies nothing either, a forged field is the topmost. And nobody but
 * those servers may reach us: whoever does writes the topmost field himself.
 *
 * @param authservIds the names under which those servers report
 * @param hops how many {@code Received} fields our servers put above such a field
 */
public record Upstream(List<String> authservIds, int hops) {
    /** The code of the finding that says whose word was taken. */
    public static final String CODE = "verified-upstream";

    public Upstream {
        authservIds =
                authservIds.stream().map(id -> id.toLowerCase(Locale.ROOT)).toList();
        if (hops < 0) {
            throw new IllegalArgumentException("hops (" + hops + ") must be 0 or more");
        }
    }

    /** Nobody in front is believed. */
    public static Upstream none() {
        return new Upstream(List.of(), 0);
    }

    /** What the servers in front say of a mail; empty where they say nothing that counts. */
    Optional<Field> field(ParsedMail mail) {
        if (authservIds.isEmpty()) {
            return Optional.empty();
        }
        for (TracedResult result : mail.results()) {
            if (result.hops() > hops) {
                return Optional.empty();
            }
            Optional<Field> field = AuthenticationResultsReader.read(result.value());
            // The topmost field of such a server decides, and a deeper one is never looked for. What cannot be read may
            // be that field: whoever can make it unreadable would have his own believed instead.
            if (field.isEmpty() || authservIds.contains(field.get().authservId())) {
                return field;
            }
        }
        return Optional.empty();
    }

    /** The facts about a sender, with the word of a server in front where it says one. */
    static SenderAuthentication complete(SenderAuthentication told, Field upstream, @Nullable String headerFrom) {
        List<DkimSignature> theirs = upstream.methods().stream()
                .filter(method -> method.name().equals("dkim"))
                .flatMap(method -> signature(method).stream())
                .toList();
        List<DkimSignature> signatures = new ArrayList<>(theirs);
        told.dkim().stream()
                .filter(ours -> theirs.stream().noneMatch(other -> isSame(ours, other)))
                .forEach(signatures::add);
        return new SenderAuthentication(
                result(upstream, "spf").orElse(told.spf()),
                signatures,
                told.dmarc() == AuthenticationResult.PASS
                        ? told.dmarc()
                        : dmarc(upstream, headerFrom).orElse(told.dmarc()),
                told.dmarcPolicy(),
                told.arc(),
                told.identities());
    }

    private static Optional<AuthenticationResult> result(Field field, String name) {
        return field.methods().stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .flatMap(Upstream::word);
    }

    /** DMARC is about the domain in From: a result about another is none. */
    private static Optional<AuthenticationResult> dmarc(Field field, @Nullable String headerFrom) {
        return field.methods().stream()
                .filter(method -> method.name().equals("dmarc"))
                .filter(method -> {
                    String about = method.properties().get("header.from");
                    return about != null && about.equalsIgnoreCase(headerFrom);
                })
                .findFirst()
                .flatMap(Upstream::word);
    }

    private static Optional<DkimSignature> signature(Method method) {
        String domain = method.properties().get("header.d");
        if (domain == null) {
            String identity = method.properties().getOrDefault("header.i", "");
            domain = identity.substring(identity.indexOf('@') + 1);
        }
        try {
            DomainName name = DomainName.of(domain);
            return word(method)
                    .map(word -> new DkimSignature(name, method.properties().get("header.s"), word));
        } catch (MalformedValueException e) {
            return Optional.empty();
        }
    }

    private static boolean isSame(DkimSignature one, DkimSignature other) {
        return one.domain() != null
                && one.domain().equals(other.domain())
                && (one.selector() == null
                        || other.selector() == null
                        || one.selector().equals(other.selector()));
    }

    private static Optional<AuthenticationResult> word(Method method) {
        String word = method.result().equals("hardfail") ? "fail" : method.result();
        return Stream.of(AuthenticationResult.values())
                .filter(result -> result.word().equals(word))
                .findFirst();
    }
}
