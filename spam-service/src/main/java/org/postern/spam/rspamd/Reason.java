package org.postern.spam.rspamd;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postern.events.mail.Finding;
import org.postern.events.mail.Severity;
import org.postern.spam.FindingWords;

/** The rules of Rspamd that a reader should be told about. What is told is in {@link #WORDS} under {@link #key()}. */
enum Reason {
    TEST_PATTERN("test-pattern", Severity.HIGH, "GTUBE"),
    KNOWN_PHISHING(
            "known-phishing", Severity.CRITICAL, "PHISHED_OPENPHISH", "PHISHED_PHISHTANK", "PHISHED_GENERIC_SERVICE"),
    LINK_MISMATCH("link-mismatch", Severity.HIGH, "PHISHING"),
    DISPLAY_NAME_FORGED("display-name-forged", Severity.HIGH, "SPOOF_DISPLAY_NAME", "FROM_NEQ_DISPLAY_NAME"),
    DMARC_FAIL("dmarc-fail", Severity.HIGH, "DMARC_POLICY_REJECT", "DMARC_POLICY_QUARANTINE"),
    DMARC_FAIL_UNENFORCED("dmarc-fail", Severity.MEDIUM, "DMARC_POLICY_SOFTFAIL"),
    SPF_FAIL("spf-fail", Severity.MEDIUM, "R_SPF_FAIL"),
    SPF_SOFTFAIL("spf-softfail", Severity.LOW, "R_SPF_SOFTFAIL"),
    DKIM_INVALID("dkim-invalid", Severity.MEDIUM, "R_DKIM_REJECT"),
    ARC_INVALID("arc-invalid", Severity.LOW, "ARC_REJECT", "ARC_INVALID"),
    SENDER_UNVERIFIED("sender-unverified", Severity.LOW, "R_SPF_DNSFAIL", "R_DKIM_TEMPFAIL", "DMARC_DNSFAIL");

    /** What the findings of this package say, in the bundles {@code rspamd/findings*.properties}. */
    static final FindingWords WORDS = new FindingWords("rspamd.findings");

    private final String code;
    private final Severity severity;
    private final Set<String> rules;

    Reason(String code, Severity severity, String... rules) {
        this.code = code;
        this.severity = severity;
        this.rules = Set.of(rules);
    }

    /** Of its words: two reasons may have one code. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
                .map(names -> WORDS.finding(key(), code, severity, Map.of("rules", names)));
    }
}
