package org.postern.events.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;

/**
 * Writes the {@code Authentication-Results} field of RFC 8601 from what an assessment told. Whoever stamps it must first
 * take out every field of that name with the same authserv-id that the mail brought along (RFC 8601 section 5).
 *
 * <p>Properties are domains: the local part of the reverse-path stays out of it, which RFC 8601 section 2.7.2 permits.
 */
public final class AuthenticationResultsField {
    /** The name of the field. */
    public static final String NAME = "Authentication-Results";

    private static final String FOLD = ";\r\n\t";
    /** A dot-atom or a token of RFC 2045, and of a length that no server has: the first line must fit in 998 octets. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?");

    private static final Pattern SELECTOR = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})?");
    /** More signatures than that are a flood; the field says how many are left out. */
    private static final int MOST_SIGNATURES = 20;

    private AuthenticationResultsField() {}

    /**
     * The value of the field, folded with CRLF and a tab before each method.
     *
     * @param authservId who says so: the host name of the border server (RFC 8601 section 2.5)
     * @throws IllegalArgumentException where the authserv-id is not a host name
     */
    public static String value(String authservId, SenderAuthentication authentication) {
        if (!TOKEN.matcher(authservId).matches()) {
            throw new IllegalArgumentException("the authserv-id must be a host name");
        }
        SenderIdentities identities = authentication.identities();
        List<String> methods = new ArrayList<>();
        methods.add(spf(authentication.spf(), identities));
        methods.addAll(dkim(authentication.dkim()));
        methods.add(dmarc(authentication, identities));
        methods.add(arc(authentication.arc(), identities));
        return authservId + FOLD + String.join(FOLD, methods);
    }

    private static String spf(AuthenticationResult result, @Nullable SenderIdentities identities) {
        DomainName mailFrom = identities == null ? null : identities.mailFrom();
        DomainName helo = identities == null ? null : identities.helo();
        return "spf=" + result.word()
                + (mailFrom == null ? property("smtp.helo", helo) : property("smtp.mailfrom", mailFrom));
    }

    private static List<String> dkim(List<DkimSignature> signatures) {
        if (signatures.isEmpty()) {
            return List.of("dkim=none");
        }
        List<String> methods = new ArrayList<>();
        for (DkimSignature signature : signatures.subList(0, Math.min(MOST_SIGNATURES, signatures.size()))) {
            methods.add("dkim=" + signature.result().word()
                    + property("header.d", signature.domain())
                    + token("header.s", signature.selector())
                    + token("header.a", signature.algorithm()));
        }
        int more = signatures.size() - MOST_SIGNATURES;
        if (more > 0) {
            methods.add("dkim=policy (" + more + " more signatures are not told)");
        }
        return methods;
    }

    private static String dmarc(SenderAuthentication authentication, @Nullable SenderIdentities identities) {
        String policy = authentication.dmarcPolicy();
        return "dmarc=" + authentication.dmarc().word()
                + (policy == null || !TOKEN.matcher(policy).matches() ? "" : " (p=" + policy + ")")
                + property("header.from", identities == null ? null : identities.headerFrom());
    }

    private static String arc(AuthenticationResult result, @Nullable SenderIdentities identities) {
        if (identities == null || identities.arcInstances() == 0) {
            return "arc=" + result.word();
        }
        return "arc=" + result.word() + " (i=" + identities.arcInstances() + ")"
                + property("header.d", identities.arcSealer());
    }

    private static String property(String name, @Nullable DomainName domain) {
        return domain == null ? "" : " " + name + "=" + domain.value();
    }

    /** A value that is no token is left out rather than quoted: it came from the sender. */
    private static String token(String name, @Nullable String value) {
        return value == null || !SELECTOR.matcher(value).matches() ? "" : " " + name + "=" + value;
    }
}
