package org.postern.spam.weighing;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postern.events.mail.Finding;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.Weighing;

/** Makes a class of findings by a table. */
public final class Weigher {
    /** The name under which the engine's points are told. */
    public static final String ENGINE = "engine";

    private Weigher() {}

    /** A class, and how it came about. */
    public record Weighed(MailClass mailClass, Weighing weighing) {}

    /**
     * Weighs findings.
     *
     * @param engineClass what the engine alone says: the class is never a better one
     * @param engineScore below zero counts as zero: nothing that speaks for a mail clears it
     */
    public static Weighed weigh(WeightTable table, List<Finding> findings, MailClass engineClass, double engineScore) {
        Set<String> codes = new HashSet<>();
        findings.forEach(finding -> codes.add(finding.code()));
        Map<String, Double> groups = new LinkedHashMap<>();
        table.groups().forEach((name, group) -> put(groups, name, points(group, codes)));
        put(
                groups,
                ENGINE,
                Math.min(
                        table.engine().cap(),
                        Math.max(0, engineScore) * table.engine().point()));
        double score = rounded(
                groups.values().stream().mapToDouble(Double::doubleValue).sum());
        double ofSpam = table.groups().entrySet().stream()
                .filter(entry -> entry.getValue().means() == WeightTable.Meaning.SPAM)
                .mapToDouble(entry -> groups.getOrDefault(entry.getKey(), 0.0))
                .sum();
        WeightTable.Thresholds thresholds = table.thresholds();
        Weighing weighing = new Weighing(
                table.version(),
                score,
                Map.of(
                        MailClass.SUSPICIOUS.word(), thresholds.suspicious(),
                        MailClass.SPAM.word(), thresholds.spam(),
                        MailClass.PHISHING.word(), thresholds.phishing()),
                groups);
        return new Weighed(mailClass(engineClass, score, rounded(score - ofSpam), thresholds), weighing);
    }

    private static double points(WeightTable.Group group, Set<String> codes) {
        double sum = codes.stream()
                .mapToDouble(code -> group.weights().getOrDefault(code, 0.0))
                .sum();
        return Math.min(group.cap(), sum);
    }

    private static void put(Map<String, Double> groups, String name, double points) {
        if (points > 0) {
            groups.put(name, rounded(points));
        }
    }

    private static MailClass mailClass(
            MailClass engine, double score, double ofPhishing, WeightTable.Thresholds thresholds) {
        return switch (engine) {
            case INCONCLUSIVE, PHISHING -> engine;
            case SPAM -> ofPhishing >= thresholds.phishing() ? MailClass.PHISHING : MailClass.SPAM;
            case SUSPICIOUS, HAM -> {
                if (ofPhishing >= thresholds.phishing()) {
                    yield MailClass.PHISHING;
                }
                if (score >= thresholds.spam()) {
                    yield MailClass.SPAM;
                }
                yield score >= thresholds.suspicious() ? MailClass.SUSPICIOUS : engine;
            }
        };
    }

    private static double rounded(double number) {
        return Math.round(number * 100) / 100.0;
    }
}
