package org.postern.spam.rspamd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postern.events.DomainName;
import org.postern.events.MalformedValueException;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.SenderAuthentication;
import org.postern.spam.rspamd.RspamdAnswer.Rule;

/** The rules of Rspamd that verify senders, in the words of RFC 8601. */
final class SenderFacts {
    private static final Map<String, AuthenticationResult> SPF = table(
            "R_SPF_ALLOW", AuthenticationResult.PASS,
            // A domain that lets the whole world send for it has verified nobody.
            "R_SPF_PLUSALL", AuthenticationResult.POLICY,
            "R_SPF_FAIL", AuthenticationResult.FAIL,
            "R_SPF_SOFTFAIL", AuthenticationResult.SOFTFAIL,
            "R_SPF_NEUTRAL", AuthenticationResult.NEUTRAL,
            "R_SPF_NA", AuthenticationResult.NONE,
            "R_SPF_DNSFAIL", AuthenticationResult.TEMPERROR,
            "R_SPF_PERMFAIL", AuthenticationResult.PERMERROR);

    private static final Map<String, AuthenticationResult> DKIM = table(
            "R_DKIM_ALLOW", AuthenticationResult.PASS,
            "R_DKIM_REJECT", AuthenticationResult.FAIL,
            "R_DKIM_TEMPFAIL", AuthenticationResult.TEMPERROR,
            "R_DKIM_PERMFAIL", AuthenticationResult.PERMERROR);

    private static final Map<Character, AuthenticationResult> DKIM_TRACE = Map.of(
            '+', AuthenticationResult.PASS,
            '-', AuthenticationResult.FAIL,
            '?', AuthenticationResult.TEMPERROR,
            '~', AuthenticationResult.PERMERROR);

    private static final Map<String, AuthenticationResult> DMARC = table(
            "DMARC_POLICY_ALLOW", AuthenticationResult.PASS,
            "DMARC_POLICY_ALLOW_WITH_FAILURES", AuthenticationResult.PASS,
            "DMARC_POLICY_REJECT", AuthenticationResult.FAIL,
            "DMARC_POLICY_QUARANTINE", AuthenticationResult.FAIL,
            "DMARC_POLICY_SOFTFAIL", AuthenticationResult.FAIL,
            "DMARC_NA", AuthenticationResult.NONE,
            "DMARC_DNSFAIL", AuthenticationResult.TEMPERROR,
            "DMARC_BAD_POLICY", AuthenticationResult.PERMERROR);

    private static final Map<String, AuthenticationResult> ARC = table(
            "ARC_ALLOW", AuthenticationResult.PASS,
            "ARC_REJECT", AuthenticationResult.FAIL,
            // RFC 8617 section 5.2: a chain that is not one has failed.
            "ARC_INVALID", AuthenticationResult.FAIL,
            "ARC_DNSFAIL", AuthenticationResult.TEMPERROR,
            "ARC_NA", AuthenticationResult.NONE);

    private static final Map<String, String> POLICY_BY_RULE = Map.of(
            "DMARC_POLICY_REJECT", "reject",
            "DMARC_POLICY_QUARANTINE", "quarantine",
            "DMARC_POLICY_SOFTFAIL", "none");

    private static final Set<String> POLICIES = Set.of("none", "quarantine", "reject");

    private SenderFacts() {}

    /**
     * What an answer says about the sender.
     *
     * @param clientKnown whether Rspamd knew who delivered the mail; SPF had nothing to verify where it did not
     */
    static SenderAuthentication of(RspamdAnswer answer, boolean clientKnown) {
        if (Completeness.isTestMail(answer)) {
            return SenderAuthentication.unverified();
        }
        AuthenticationResult spf =
                clientKnown || answer.hasAny("R_SPF_") ? lookUp(answer, SPF) : AuthenticationResult.NONE;
        return new SenderAuthentication(spf, dkim(answer), lookUp(answer, DMARC), policy(answer), lookUp(answer, ARC));
    }

    /** The result of the first rule of a table that spoke; a method of which none did could not be verified. */
    private static AuthenticationResult lookUp(RspamdAnswer answer, Map<String, AuthenticationResult> table) {
        return table.entrySet().stream()
                .filter(entry -> answer.has(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(AuthenticationResult.TEMPERROR);
    }

    /**
     * The signatures. The rules name domain and selector of each that they looked at; the trace names the domains of all,
     * and adds those of which no rule spoke.
     */
    private static List<DkimSignature> dkim(RspamdAnswer answer) {
        List<DkimSignature> signatures = new ArrayList<>();
        DKIM.forEach((name, result) -> answer.rule(name).ifPresent(rule -> {
            if (rule.options().isEmpty()) {
                signatures.add(new DkimSignature(null, null, result));
            }
            rule.options().forEach(option -> signatures.add(ofRule(option, result)));
        }));
        Set<DomainName> told = signatures.stream()
                .map(DkimSignature::domain)
                .filter(domain -> domain != null)
                .collect(Collectors.toSet());
        answer.rule("DKIM_TRACE").map(Rule::options).orElse(List.of()).stream()
                .map(SenderFacts::ofTrace)
                .filter(signature -> signature.domain() != null && !told.contains(signature.domain()))
                .forEach(signatures::add);
        return signatures;
    }

    /** {@code example.org:s=selector}. */
    private static DkimSignature ofRule(String option, AuthenticationResult result) {
        int colon = option.indexOf(":s=");
        return colon < 0
                ? new DkimSignature(domain(option), null, result)
                : new DkimSignature(domain(option.substring(0, colon)), option.substring(colon + 3), result);
    }

    /** {@code example.org:+}. */
    private static DkimSignature ofTrace(String option) {
        int colon = option.lastIndexOf(':');
        if (colon < 0 || colon != option.length() - 2) {
            return new DkimSignature(null, null, AuthenticationResult.TEMPERROR);
        }
        AuthenticationResult result = DKIM_TRACE.getOrDefault(option.charAt(colon + 1), AuthenticationResult.TEMPERROR);
        return new DkimSignature(domain(option.substring(0, colon)), null, result);
    }

    private static @Nullable DomainName domain(String text) {
        try {
            return DomainName.of(text);
        } catch (MalformedValueException e) {
            // A signature may name anything. That it has no domain of ours is all there is to say.
            return null;
        }
    }

    /** The policy that applies: named by the rule where it failed, in its options where it passed. */
    private static @Nullable String policy(RspamdAnswer answer) {
        for (Map.Entry<String, String> entry : POLICY_BY_RULE.entrySet()) {
            if (answer.has(entry.getKey())) {
                return entry.getValue();
            }
        }
        return answer.rule("DMARC_POLICY_ALLOW").map(Rule::options).orElse(List.of()).stream()
                .filter(POLICIES::contains)
                .findFirst()
                .orElse(null);
    }

    /** In the order given: where two rules of a method speak, the first of the table counts. */
    private static Map<String, AuthenticationResult> table(Object... pairs) {
        Map<String, AuthenticationResult> table = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            table.put((String) pairs[i], (AuthenticationResult) pairs[i + 1]);
        }
        return table;
    }
}
