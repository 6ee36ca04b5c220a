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
    private final List<StyleSheet> sheets = new ArrayList<>();
    private final List<Rule> all = new ArrayList<>();
    private final Map<String, List<Rule>> hiding = new HashMap<>();
    private final Map<String, List<Rule>> showing = new HashMap<>();
    private int read;
    private int sorted;
    private boolean empty = true;

    /**
     * @param check called again and again; what it throws ends the work
     * @param known what was found in the style blocks of any mail
     */
    public HidingRules(Runnable check, KnownStyles known) {
        this.check = check;
        this.known = known;
    }

    /**
     * One selector with its declarations.
     *
     * @param hides whether one of them does
     * @param shows whether one of them says that something is seen
     */
    record Rule(
            PlainSelector selector,
            Map<Property, Declared> declared,
            boolean hides,
            boolean shows,
            boolean atTimes,
            int order) {
        static Rule of(PlainSelector selector, Map<Property, Declared> declared, boolean atTimes, int order) {
            boolean hides = false;
            boolean shows = false;
            for (Declared one : declared.values()) {
                hides |= one.effect().hides();
                shows |= !one.effect().hides();
            }
            return new Rule(selector, declared, hides, shows, atTimes, order);
        }

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

        boolean hidesAlways() {
            return hides && !atTimes;
        }

        Rule at(int place) {
            return place == order ? this : new Rule(selector, declared, hides, shows, atTimes, place);
        }
    }

    /** Whether nothing hides anything. */
    public boolean isEmpty() {
        read();
        return empty;
    }

    /** Takes in a style element. */
    public void add(StyleSheet sheet) {
        sheets.add(sheet);
    }

    /** Reads what came since: most mails have no image to ask for. */
    private void read() {
        for (; read < sheets.size(); read++) {
            read(sheets.get(read));
        }
    }

    private void read(StyleSheet sheet) {
        KnownStyles.Sheet key = new KnownStyles.Sheet(sheet.css(), sheet.media());
        KnownStyles.Hiding rules = known.hiding.get(key);
        if (rules == null) {
            List<Rule> found = new ArrayList<>();
            StyleSheet.Content content = sheet.content();
            find(content, content.parts(), isAtTimes(content.condition()), found);
            rules = new KnownStyles.Hiding(found, found.stream().anyMatch(Rule::hidesAlways));
            known.hiding.keep(key, rules);
        }
        all.addAll(rules.rules());
        empty &= !rules.any();
    }

    private static boolean isAtTimes(@Nullable String condition) {
        return condition == null || !Conditions.isAlways(condition);
    }

    /** Sorts those that came since. */
    private void sort() {
        read();
        for (; sorted < all.size(); sorted++) {
            Rule rule = all.get(sorted).at(sorted);
            String name = rule.selector().name();
            if (rule.hidesAlways()) {
                hiding.computeIfAbsent(name, any -> new ArrayList<>()).add(rule);
            }
            if (rule.shows()) {
                showing.computeIfAbsent(name, any -> new ArrayList<>()).add(rule);
            }
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
        Map<Property, Declared> declared = rule.appearance(tokens).declared();
        if (declared.isEmpty()) {
            return;
        }
        for (PlainSelector selector : PlainSelector.list(tokens, rule.from(), rule.curly())) {
            found.add(Rule.of(selector, declared, atTimes || selector.atTimes(), found.size()));
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
        sort();
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
    public Visibility visibility(String attribute) {
        // One that may hold an address is of one mail alone.
        if (attribute.indexOf('(') >= 0) {
            return of(attribute, check).visibility();
        }
        Visibility visibility = known.looks.get(attribute);
        if (visibility == null) {
            visibility = of(attribute, check).visibility();
            known.looks.keep(attribute, visibility);
        }
        return visibility;
    }

    private static Appearance of(String attribute, Runnable check) {
        Tokens tokens = Tokenizer.tokens(attribute, check);
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
