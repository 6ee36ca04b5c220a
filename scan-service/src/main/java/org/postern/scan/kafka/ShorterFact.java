package org.postern.scan.kafka;

import org.postern.events.mail.MailScanned;
import org.postern.events.mail.ScanResult;

/** A fact without what may make it too large for a record: the verdict matters more than the list of the parts. */
final class ShorterFact {
    static final int MOST_FINDINGS = 20;

    private ShorterFact() {}

    /** The same fact, without its parts and with its worst findings only. */
    static MailScanned of(MailScanned fact) {
        ScanResult whole = fact.result();
        // The worst come first.
        ScanResult shorter = new ScanResult(
                whole.verdict(),
                whole.unscannable(),
                whole.inconclusive(),
                whole.findings().stream().limit(MOST_FINDINGS).toList(),
                whole.engine(),
                whole.took());
        return new MailScanned(fact.messageId(), fact.tenant(), fact.attempt(), shorter, fact.at(), fact.rescan());
    }
}
