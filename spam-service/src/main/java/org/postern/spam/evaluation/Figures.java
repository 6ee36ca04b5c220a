package org.postern.spam.evaluation;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postern.events.mail.MailClass;

/**
 * What the outcomes come to.
 *
 * @param classes how many mails of each label came out as each class
 * @param hits how many mails of each label have each finding
 * @param worst the mistakes, the gravest first
 */
record Figures(
        Map<Label, Map<MailClass, Integer>> classes,
        Map<String, Map<Label, Integer>> hits,
        List<Outcome> worst,
        long medianMicros) {
    static Figures of(List<Outcome> outcomes, double threshold, int most) {
        Map<Label, Map<MailClass, Integer>> classes = new EnumMap<>(Label.class);
        Map<String, Map<Label, Integer>> hits = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            classes.computeIfAbsent(outcome.label(), l -> new EnumMap<>(MailClass.class))
                    .merge(outcome.mailClass(), 1, Integer::sum);
            outcome.codes().stream().distinct().forEach(code -> hits.computeIfAbsent(
                            code, c -> new EnumMap<>(Label.class))
                    .merge(outcome.label(), 1, Integer::sum));
        }
        List<Outcome> worst = outcomes.stream()
                .filter(Outcome::isMistake)
                .sorted(Comparator.comparing((Outcome o) -> o.label() != Label.LEGITIMATE)
                        .thenComparing(Comparator.comparingDouble((Outcome o) -> o.error(threshold))
                                .reversed()))
                .limit(most)
                .toList();
        List<Long> micros = outcomes.stream().map(Outcome::micros).sorted().toList();
        return new Figures(classes, hits, worst, micros.isEmpty() ? 0 : micros.get(micros.size() / 2));
    }

    /** How many mails have a label. */
    int total(Label label) {
        return classes.getOrDefault(label, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** How many of them came out so. */
    int count(Label label, MailClass... which) {
        Map<MailClass, Integer> counts = classes.getOrDefault(label, Map.of());
        int sum = 0;
        for (MailClass mailClass : which) {
            sum += counts.getOrDefault(mailClass, 0);
        }
        return sum;
    }

    /** The share of a label that was called spam or phishing; recall, or for legitimate mail the rate of false positives. */
    double accused(Label label) {
        int total = total(label);
        return total == 0 ? Double.NaN : (double) count(label, MailClass.PHISHING, MailClass.SPAM) / total;
    }

    /** Of the mails called spam or phishing, the share that is. */
    double precision() {
        int right = count(Label.PHISHING, MailClass.PHISHING, MailClass.SPAM)
                + count(Label.SPAM, MailClass.PHISHING, MailClass.SPAM);
        int all = right + count(Label.LEGITIMATE, MailClass.PHISHING, MailClass.SPAM);
        return all == 0 ? Double.NaN : (double) right / all;
    }
}
