package org.postern.render.css;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Appearance.Declared;
import org.postern.render.css.Appearance.Effect;
import org.postern.render.css.Appearance.Property;

/**
 * What the style blocks of a mail hide, by the cascade (CSS Cascading Level 4 section 6). What a rule hides only at times, in
 * a media query or under the pointer, is seen; what one hides and another shows at times is seen too.
 */
public final class HidingRules {
    /** What a rule takes of memory, as if it were text. */
    static final int CHARACTERS_A_RULE = 200;

    private final Runnable check;
    private final KnownStyles known;
    private final Map<String, List<Rule>> hiding = new HashMap<>();
    private final Map<String, List<Rule>> showing = new HashMap<>();
    private int order;

    /**
     * @param check called again and again; what it throws ends the work
     * @param known what was found in the style blocks of any mail
     */
    public HidingRules(Runnable check, KnownStyles known) {
        this.check = check;
        this.known = known;
    }

    /** One selector with its declarations. */
    record Rule(PlainSelector selector, Map<Property, Declared> declared, boolean atTimes, int order) {
        boolean isStronger(@Nullable Rule other, Property property) {
            if (other == null) {
                return true;
            }
            boolean mine = important(property);
            boolean yours = other.important(property);
            if (mine != yours) {
                return mine;
            }
            int difference = Integer.compare(selector.weight(), other.selector().weight());
            return difference == 0 ? order > other.order() : difference > 0;
        }

        boolean important(Property property) {
            Declared one = declared.get(property);
            return one != null && one.important();
        }

        boolean hides() {
            return declared.values().stream().anyMatch(one -> one.effect().hides());
        }

        boolean shows() {
            return declared.values().stream().anyMatch(one -> !one.effect().hides());
        }

        Rule behind(int others) {
            return others == 0 ? this : new Rule(selector, declared, atTimes, others + order);
        }
    }

    /** Whether nothing hides anything. */
    public boolean isEmpty() {
        return hiding.isEmpty();
    }

    /** Takes in a style element. */
    public void add(StyleSheet sheet) {
        KnownStyles.Sheet key = new KnownStyles.Sheet(sheet.css(), sheet.media());
        List<Rule> rules = known.hiding.get(key);
        if (rules == null) {
            rules = new ArrayList<>();
            StyleSheet.Content content = sheet.content();
            find(content, content.parts(), isAtTimes(content.condition()), rules);
            known.hiding.keep(key, List.copyOf(rules));
        }
        for (Rule rule : rules) {
            take(rule.behind(order));
        }
        order += rules.size();
    }

    private static boolean isAtTimes(@Nullable String condition) {
        return condition == null || !Conditions.isAlways(condition);
    }

    private void take(Rule rule) {
        String name = rule.selector().name();
        if (rule.hides() && !rule.atTimes()) {
            hiding.computeIfAbsent(name, any -> new ArrayList<>()).add(rule);
        }
        if (rule.shows()) {
            showing.computeIfAbsent(name, any -> new ArrayList<>()).add(rule);
        }
    }

    private void find(StyleSheet.Content sheet, List<StyleSheet.Part> parts, boolean atTimes, List<Rule> found) {
        for (StyleSheet.Part part : parts) {
            check.run();
            switch (part) {
                case StyleSheet.Rule rule -> add(sheet.tokens(), rule, atTimes, found);
                case StyleSheet.Group group -> find(sheet, group.parts(), atTimes || isAtTimes(group), found);
                case StyleSheet.Frames frames -> {}
                case StyleSheet.Unknown unknown -> {}
            }
        }
    }

    private static boolean isAtTimes(StyleSheet.Group group) {
        String condition = group.condition();
        // Browsers of today support what mails ask for; what is asked with "not" is for others.
        return group.name().equals("media")
                ? isAtTimes(condition)
                : condition == null || condition.toLowerCase(Locale.ROOT).contains("not");
    }

    private static void add(Tokens tokens, StyleSheet.Rule rule, boolean atTimes, List<Rule> found) {
        Map<Property, Declared> declared = rule.appearance().declared();
        if (declared.isEmpty()) {
            return;
        }
        for (PlainSelector selector : PlainSelector.list(tokens, rule.from(), rule.curly())) {
            found.add(new Rule(selector, declared, atTimes || selector.atTimes(), found.size()));
        }
    }

    /**
     * What is left to be seen of an element that a rule hides; nothing where no rule does, and its attribute alone tells.
     *
     * @param attribute its style attribute
     * @param classes its classes, in small letters
     * @param matches whether a selector means it, in the words of a browser, without pseudo-elements
     */
    public Optional<Visibility> visibility(String attribute, Set<String> classes, Predicate<String> matches) {
        Set<Property> hidden = EnumSet.noneOf(Property.class);
        List<Rule> found = new ArrayList<>();
        for (Rule rule : named(hiding, classes)) {
            if (matches.test(rule.selector().text())) {
                found.add(rule);
                rule.declared().forEach((property, one) -> {
                    if (one.effect().hides()) {
                        hidden.add(property);
                    }
                });
            }
        }
        if (hidden.isEmpty()) {
            return Optional.empty();
        }
        for (Rule rule : named(showing, classes)) {
            boolean counts = rule.declared().keySet().stream().anyMatch(hidden::contains);
            if (counts && matches.test(rule.selector().text())) {
                found.add(rule);
            }
        }
        Appearance own = of(attribute, check);
        Map<Property, Effect> effects = new EnumMap<>(Property.class);
        hidden.forEach(property -> effects.put(property, effect(property, found, own)));
        own.declared().forEach((property, one) -> {
            if (one.effect().hides()) {
                effects.put(property, one.effect());
            }
        });
        return Optional.of(Visibility.of(effects));
    }

    private static List<Rule> named(Map<String, List<Rule>> rules, Set<String> classes) {
        List<Rule> named = new ArrayList<>(rules.getOrDefault("", List.of()));
        classes.forEach(name -> named.addAll(rules.getOrDefault(name, List.of())));
        return named;
    }

    /** What is left to be seen by a style attribute alone. */
    public static Visibility visibility(String attribute, Runnable check) {
        return of(attribute, check).visibility();
    }

    private static Appearance of(String attribute, Runnable check) {
        Tokens tokens = new Tokens(Tokenizer.tokens(attribute, check));
        return Appearance.of(tokens, 0, tokens.size());
    }

    private static Effect effect(Property property, List<Rule> rules, Appearance own) {
        Rule strongest = null;
        for (Rule rule : rules) {
            Declared one = rule.declared().get(property);
            if (one == null) {
                continue;
            }
            if (rule.atTimes()) {
                if (!one.effect().hides()) {
                    return Effect.SHOWS;
                }
            } else if (rule.isStronger(strongest, property)) {
                strongest = rule;
            }
        }
        Declared attribute = own.declared().get(property);
        if (strongest == null || (attribute != null && !strongest.important(property))) {
            return attribute == null ? Effect.SHOWS : attribute.effect();
        }
        Declared one = strongest.declared().get(property);
        return one == null ? Effect.SHOWS : one.effect();
    }
}
