package org.postern.message.policy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postern.events.MailAddress;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.ScanVerdict;

/**
 * When a rule matches: when each of its parts does. A part that lists several words matches on any of them; without parts
 * it matches always.
 *
 * @param parts the words wanted, by what they are about; none empty
 */
public record Condition(Map<Aspect, Set<String>> parts) {
    /** Matches always. */
    public static final Condition ALWAYS = new Condition(Map.of());

    public Condition {
        parts = Map.copyOf(parts);
    }

    /** Whether it holds for a recipient of a message with these facts. */
    public boolean matches(Facts facts, MailAddress recipient) {
        return missed(facts, recipient).isEmpty();
    }

    /** The first part that does not hold, in the order of {@link Aspect}. */
    Optional<Miss> missed(Facts facts, MailAddress recipient) {
        for (Map.Entry<Aspect, Set<String>> part : ordered().entrySet()) {
            Set<String> found = part.getKey().found(facts, recipient);
            boolean holds = part.getValue().stream().anyMatch(wanted -> found.stream()
                    .anyMatch(word -> part.getKey().meets(wanted, word)));
            if (!holds) {
                return Optional.of(new Miss(part.getKey(), part.getValue(), found));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether it does not hold for nothing but the attachments, and those are not all known: it may be that it should.
     */
    boolean mayHold(Facts facts, MailAddress recipient) {
        if (!parts.containsKey(Aspect.ATTACHMENT) || facts.hasAttachments()) {
            return false;
        }
        Map<Aspect, Set<String>> others = new EnumMap<>(parts);
        others.remove(Aspect.ATTACHMENT);
        return new Condition(others).matches(facts, recipient);
    }

    /** Whether it names each check that has no result: whoever lets such a mail through has to say so. */
    boolean accepts(Set<Check> missing) {
        return missing.stream().allMatch(this::names);
    }

    private boolean names(Check check) {
        return switch (check) {
            case SCAN -> parts.getOrDefault(Aspect.SCAN, Set.of()).contains(ScanVerdict.INCONCLUSIVE.word());
            case ASSESSMENT -> parts.getOrDefault(Aspect.CLASS, Set.of()).contains(MailClass.INCONCLUSIVE.word());
        };
    }

    private Map<Aspect, Set<String>> ordered() {
        return parts.isEmpty() ? parts : new EnumMap<>(parts);
    }

    /** A part that does not hold. */
    record Miss(Aspect aspect, Set<String> wanted, Set<String> found) {}
}
