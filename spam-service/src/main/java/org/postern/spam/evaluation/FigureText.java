package org.postern.spam.evaluation;

import java.util.Locale;
import java.util.Map;
import org.postern.events.mail.MailClass;

/** Writes figures for a person. */
final class FigureText {
    private FigureText() {}

    static String of(Figures figures) {
        StringBuilder text = new StringBuilder();
        text.append(line(
                "%-12s %7s %7s %10s %7s %9s %13s",
                "label", "mails", "ham", "suspicious", "spam", "phishing", "inconclusive"));
        for (Label label : Label.values()) {
            if (figures.total(label) > 0) {
                text.append(line(
                        "%-12s %7d %7d %10d %7d %9d %13d",
                        label.word(),
                        figures.total(label),
                        figures.count(label, MailClass.HAM),
                        figures.count(label, MailClass.SUSPICIOUS),
                        figures.count(label, MailClass.SPAM),
                        figures.count(label, MailClass.PHISHING),
                        figures.count(label, MailClass.INCONCLUSIVE)));
            }
        }
        text.append('\n');
        text.append(rate("recall on phishing (called phishing or spam)", figures.accused(Label.PHISHING)));
        text.append(rate("recall on spam (called phishing or spam)", figures.accused(Label.SPAM)));
        text.append(rate("false positives on legitimate mail", figures.accused(Label.LEGITIMATE)));
        text.append(rate("precision", figures.precision()));
        text.append(line("%-48s %8.2f ms", "own analysis, CPU time at the median", figures.medianMicros() / 1000.0));
        hits(text, figures);
        worst(text, figures);
        return text.toString();
    }

    private static void hits(StringBuilder text, Figures figures) {
        text.append('\n').append(line("%-30s %10s %10s %10s", "finding", "legitimate", "spam", "phishing"));
        for (Map.Entry<String, Map<Label, Integer>> hit : figures.hits().entrySet()) {
            text.append(line(
                    "%-30s %10s %10s %10s",
                    hit.getKey(),
                    share(figures, hit.getValue(), Label.LEGITIMATE),
                    share(figures, hit.getValue(), Label.SPAM),
                    share(figures, hit.getValue(), Label.PHISHING)));
        }
    }

    private static String share(Figures figures, Map<Label, Integer> hits, Label label) {
        int total = figures.total(label);
        int count = hits.getOrDefault(label, 0);
        return total == 0 || count == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * count / total);
    }

    private static void worst(StringBuilder text, Figures figures) {
        if (!figures.worst().isEmpty()) {
            text.append("\nthe worst mistakes\n");
        }
        for (Outcome outcome : figures.worst()) {
            text.append(line(
                    "%-10s came out as %-10s %5.1f  %s",
                    outcome.label().word(), outcome.mailClass().word(), outcome.score(), outcome.file()));
            text.append(line("           %s", String.join(" ", outcome.codes())));
        }
    }

    private static String rate(String what, double share) {
        return Double.isNaN(share) ? "" : line("%-48s %8.2f %%", what, 100 * share);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
