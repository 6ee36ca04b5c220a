package org.postern.spam.phishing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import org.postern.events.mail.Finding;
import org.postern.spam.phishing.check.Check;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.check.Detection;
import org.postern.spam.phishing.check.Facts;
import org.postern.spam.phishing.tables.Tables;
import org.postern.spam.phishing.view.MailParser;
import org.postern.spam.phishing.view.ParsedMail;

/** Reads a mail once and lets every check look at it. Needs no network, no engine and no clock. Safe for use by many threads. */
public final class PhishingAnalysis {
    private final Tables tables;
    private final MailParser parser;
    private final List<Check> checks;
    private final Wording wording;

    /** @param tables what the checks know by name */
    public PhishingAnalysis(Tables tables, Wording wording) {
        this.tables = tables;
        this.parser = new MailParser(tables.redirectors());
        this.checks = Checks.all();
        this.wording = wording;
    }

    /**
     * What was found.
     *
     * @param findings the worst first
     * @param unchecked what was not looked at, as stable words
     */
    public record Report(List<Finding> findings, List<String> unchecked) {
        public Report {
            findings = List.copyOf(findings);
            unchecked = List.copyOf(unchecked);
        }
    }

    /**
     * Reads a mail.
     *
     * @param mail read to its end where it is one, and not closed
     * @throws IOException of the stream, unchanged
     */
    public ParsedMail read(InputStream mail) throws IOException {
        return parser.parse(mail);
    }

    /** Lets every check look at a mail. */
    public Report look(ParsedMail mail, Circumstances circumstances) {
        Facts facts = Facts.of(mail, circumstances, tables);
        List<Finding> findings = checks.stream()
                .flatMap(check -> check.look(facts))
                .sorted(Comparator.comparing(Detection::severity).reversed().thenComparing(Detection::code))
                .map(wording::finding)
                .toList();
        return new Report(findings, mail.unchecked().stream().sorted().toList());
    }
}
