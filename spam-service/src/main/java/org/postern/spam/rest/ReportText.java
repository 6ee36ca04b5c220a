package org.postern.spam.rest;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.Finding;
import org.postern.events.mail.SenderAuthentication;
import org.postern.events.mail.Symbol;
import org.postern.events.mail.Weighing;

/** Writes an assessment for a person at a terminal. */
final class ReportText {
    private ReportText() {}

    /** @param language of the findings, where they are told in it; English otherwise */
    static String of(AssessmentResult result, String language) {
        StringBuilder text = new StringBuilder();
        line(text, "class", result.mailClass().word());
        if (result.inconclusive() != null) {
            line(text, "because", result.inconclusive().word());
        }
        weighing(text, result.weighing());
        line(text, result.engine().name(), decimal(result.score()) + " of " + decimal(result.threshold()));
        sender(text, result.authentication());
        for (Finding finding : result.findings()) {
            finding(text, finding, language);
        }
        if (result.unchecked() != null && !result.unchecked().isEmpty()) {
            line(text, "not looked at", String.join(", ", result.unchecked()));
        }
        text.append('\n');
        for (Symbol symbol : result.symbols()) {
            text.append(String.format(Locale.ROOT, "%8s  %s%n", decimal(symbol.score()), visible(symbol.name())));
        }
        return text.toString();
    }

    private static void weighing(StringBuilder text, @Nullable Weighing weighing) {
        if (weighing == null) {
            return;
        }
        StringBuilder groups = new StringBuilder();
        new TreeMap<>(weighing.groups()).forEach((name, points) -> groups.append(groups.isEmpty() ? "" : ", ")
                .append(name)
                .append(' ')
                .append(decimal(points)));
        line(text, "score", decimal(weighing.score()) + (groups.isEmpty() ? "" : " (" + groups + ")"));
        StringBuilder thresholds = new StringBuilder();
        for (Map.Entry<String, Double> threshold : new TreeMap<>(weighing.thresholds()).entrySet()) {
            thresholds
                    .append(thresholds.isEmpty() ? "" : ", ")
                    .append(threshold.getKey())
                    .append(" from ")
                    .append(decimal(threshold.getValue()));
        }
        line(text, "thresholds", thresholds + "; table " + weighing.table());
    }

    private static void sender(StringBuilder text, SenderAuthentication authentication) {
        line(text, "spf", authentication.spf().word());
        if (authentication.dkim().isEmpty()) {
            line(text, "dkim", "none");
        }
        for (DkimSignature signature : authentication.dkim()) {
            line(
                    text,
                    "dkim",
                    signature.result().word()
                            + (signature.domain() == null
                                    ? ""
                                    : " by " + signature.domain().value())
                            + (signature.algorithm() == null ? "" : ", " + signature.algorithm()));
        }
        String policy = authentication.dmarcPolicy();
        line(text, "dmarc", authentication.dmarc().word() + (policy == null ? "" : ", policy " + visible(policy)));
        line(text, "arc", authentication.arc().word());
    }

    private static void finding(StringBuilder text, Finding finding, String language) {
        Finding.Wording words = new Finding.Wording(finding.explanation(), finding.limits());
        if (finding.translations() != null) {
            words = finding.translations().getOrDefault(language, words);
        }
        text.append('\n').append(String.format("%-9s %s%n", finding.severity().word(), finding.code()));
        text.append("          ").append(visible(words.explanation())).append('\n');
        if (words.limits() != null) {
            text.append("          (").append(visible(words.limits())).append(")\n");
        }
    }

    /** Nothing of a mail gets to write to a terminal anything but what is seen. */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().filter(point -> !Character.isISOControl(point)).forEach(visible::appendCodePoint);
        return visible.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-14s %s%n", name + ":", value));
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
