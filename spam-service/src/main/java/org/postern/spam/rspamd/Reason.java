package org.postern.spam.rspamd;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postern.events.mail.Finding;
import org.postern.events.mail.Severity;

/** The rules of Rspamd that a reader should be told about, in words for a reader. */
enum Reason {
    TEST_PATTERN(
            "test-pattern", Severity.HIGH, "This is the test mail that every spam filter must find.", Set.of("GTUBE")),
    KNOWN_PHISHING(
            "known-phishing",
            Severity.CRITICAL,
            "A link leads to a page that is on a list of phishing pages.",
            Set.of("PHISHED_OPENPHISH", "PHISHED_PHISHTANK", "PHISHED_GENERIC_SERVICE")),
    LINK_MISMATCH(
            "link-mismatch",
            Severity.HIGH,
            "The text of a link shows another address than the one it leads to.",
            Set.of("PHISHING")),
    DISPLAY_NAME_FORGED(
            "display-name-forged",
            Severity.HIGH,
            "The name of the sender shows an address that is not the sender's.",
            Set.of("SPOOF_DISPLAY_NAME", "FROM_NEQ_DISPLAY_NAME")),
    DMARC_FAIL(
            "dmarc-fail",
            Severity.HIGH,
            "The domain of the sender asks that mail like this is not trusted: it was neither sent by one of its servers"
                    + " nor signed by it.",
            Set.of("DMARC_POLICY_REJECT", "DMARC_POLICY_QUARANTINE")),
    DMARC_FAIL_UNENFORCED(
            "dmarc-fail",
            Severity.MEDIUM,
            "The mail was neither sent by a server of the sender's domain nor signed by it. The domain asks for nothing to"
                    + " be done about that.",
            Set.of("DMARC_POLICY_SOFTFAIL")),
    SPF_FAIL(
            "spf-fail",
            Severity.MEDIUM,
            "The server that delivered the mail may not send for the domain of the envelope.",
            Set.of("R_SPF_FAIL")),
    SPF_SOFTFAIL(
            "spf-softfail",
            Severity.LOW,
            "The server that delivered the mail is probably not one of the domain of the envelope.",
            Set.of("R_SPF_SOFTFAIL")),
    DKIM_INVALID(
            "dkim-invalid",
            Severity.MEDIUM,
            "A signature does not fit the mail: it was changed on its way, or the signature is forged.",
            Set.of("R_DKIM_REJECT")),
    ARC_INVALID(
            "arc-invalid",
            Severity.LOW,
            "The chain of servers that forwarded the mail does not hold.",
            Set.of("ARC_REJECT", "ARC_INVALID")),
    SENDER_UNVERIFIED(
            "sender-unverified",
            Severity.LOW,
            "The sender could not be verified now, because name servers did not answer.",
            Set.of("R_SPF_DNSFAIL", "R_DKIM_TEMPFAIL", "DMARC_DNSFAIL"));

    private final String code;
    private final Severity severity;
    private final String explanation;
    private final Set<String> rules;

    Reason(String code, Severity severity, String explanation, Set<String> rules) {
        this.code = code;
        this.severity = severity;
        this.explanation = explanation;
        this.rules = rules;
    }

    /** The reasons that an answer gives. */
    static Stream<Finding> in(RspamdAnswer answer) {
        return Stream.of(values()).flatMap(reason -> reason.finding(answer).stream());
    }

    private Optional<Finding> finding(RspamdAnswer answer) {
        return answer.rules().stream()
                .filter(rule -> rules.contains(rule.name()))
                .map(RspamdAnswer.Rule::name)
                .sorted()
                .reduce((one, other) -> one + " " + other)
                .map(names -> new Finding(code, severity, explanation, Map.of("rules", names)));
    }
}
