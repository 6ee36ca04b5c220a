package org.postern.spam.weighing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What findings weigh, checked.
 *
 * @param version tells two tables apart: the first 12 hexadecimal digits of the SHA-256 of the file
 */
public record WeightTable(String version, Thresholds thresholds, Engine engine, Map<String, Group> groups) {
    private static final double MOST = 100;

    /** The sums from which a class applies. */
    public record Thresholds(double suspicious, double spam, double phishing) {
        public Thresholds {
            require(suspicious > 0 && suspicious <= MOST, "thresholds.suspicious must be above 0 and at most 100");
            require(spam >= suspicious && spam <= MOST, "thresholds.spam must be at least that of suspicious");
            require(
                    phishing >= suspicious && phishing <= MOST,
                    "thresholds.phishing must be at least that of suspicious");
        }
    }

    /**
     * What the engine's own score weighs.
     *
     * @param point of each of its points
     * @param cap of all together
     */
    public record Engine(double point, double cap) {
        public Engine {
            require(point >= 0 && point <= MOST, "engine.point must be from 0 to 100");
            require(cap >= 0 && cap <= MOST, "engine.cap must be from 0 to 100");
        }
    }

    /** What a group speaks for. */
    public enum Meaning {
        @JsonProperty("phishing")
        PHISHING,
        @JsonProperty("spam")
        SPAM
    }

    /**
     * Findings that are signs of the same thing.
     *
     * @param means what they speak for; phishing where a table does not say
     */
    public record Group(double cap, @Nullable Meaning means, Map<String, Double> weights) {
        public Group {
            weights = Map.copyOf(weights);
            means = means == null ? Meaning.PHISHING : means;
            require(cap > 0 && cap <= MOST, "a cap must be above 0 and at most 100");
            weights.forEach((code, weight) ->
                    require(weight >= 0 && weight <= MOST, "the weight of " + code + " must be from 0 to 100"));
        }
    }

    public WeightTable {
        groups = Map.copyOf(groups);
        Map<String, String> groupOf = new HashMap<>();
        groups.forEach((name, group) -> group.weights().keySet().forEach(code -> {
            String other = groupOf.put(code, name);
            require(other == null, code + " stands in two groups");
        }));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
