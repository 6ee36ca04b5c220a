package org.postern.events.mail;

import java.util.Map;

/**
 * How the class of a mail came about: findings are facts, and a table of the installation says what they weigh.
 *
 * @param table the version of the table: the first 12 hexadecimal digits of its SHA-256
 * @param score the sum over the groups
 * @param thresholds the score from which a class applies, by the class's word
 * @param groups the points of each group of findings, after its cap; groups without any are left out
 */
public record Weighing(String table, double score, Map<String, Double> thresholds, Map<String, Double> groups) {
    public Weighing {
        thresholds = Map.copyOf(thresholds);
        groups = Map.copyOf(groups);
    }
}
