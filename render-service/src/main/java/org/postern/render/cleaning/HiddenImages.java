package org.postern.render.cleaning;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Attributes;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.jspecify.annotations.Nullable;
import org.postern.render.RenderingException;
import org.postern.render.css.HidingRules;
import org.postern.render.css.Visibility;

/** Finds the images of a document that nobody can see. They are there to be fetched. */
final class HiddenImages {
    private static final int ANCESTORS = 16;
    private static final int REMEMBERED = 1000;

    /** Steps of holding selectors against elements: less than a second of work, and far more than newsletters need. */
    private static final int MOST_STEPS = 6_000_000;

    private static final int A_MATCH = 8;

    private final HidingRules rules;
    private final Map<String, Visibility> styles = new HashMap<>();
    private final Map<String, Known> selectors = new HashMap<>();
    private final Map<Element, Visibility> looks = new IdentityHashMap<>();
    private final Map<Element, Boolean> found = new IdentityHashMap<>();
    private int steps;

    /**
     * A selector.
     *
     * @param evaluator what it means; null where that is not known
     * @param combined how many compounds it has behind the first
     * @param beside whether what stands beside an element is looked at
     */
    private record Known(@Nullable Evaluator evaluator, int length, int combined, boolean beside) {
        static Known of(String selector) {
            int combined = 0;
            for (int i = 0; i < selector.length(); i++) {
                combined += selector.charAt(i) == ' ' ? 1 : 0;
            }
            boolean beside = selector.indexOf('~') >= 0 || selector.indexOf(':') >= 0;
            return new Known(read(selector), selector.length(), combined, beside);
        }

        private static @Nullable Evaluator read(String selector) {
            try {
                return QueryParser.parse(selector);
            } catch (IllegalArgumentException | IllegalStateException e) {
                // What jsoup does not know hides nothing here, and is reported as an image like any other.
                return null;
            }
        }

        /** About how much there is to look at: the selector, what the element is in, and what stands beside it. */
        int steps(Element element) {
            int all = A_MATCH + length / A_MATCH;
            if (combined > 0) {
                Element parent = element.parent();
                while (parent != null) {
                    all += combined;
                    parent = parent.parent();
                }
            }
            return beside ? all + element.siblingIndex() : all;
        }
    }

    /** @param rules of the style blocks of the document */
    HiddenImages(HidingRules rules) {
        this.rules = rules;
    }

    /** Whether nobody can see it, as the document was when it was asked about first. */
    boolean isHidden(Element image) {
        Boolean known = found.get(image);
        if (known == null) {
            known = find(image);
            found.put(image, known);
        }
        return known;
    }

    private boolean find(Element image) {
        Attributes own = image.attributes();
        Visibility style = styleOf(image);
        boolean narrow = style.narrow() || isTiny(own.get("width"));
        boolean low = style.low() || isTiny(own.get("height"));
        boolean picture = image.nameIs("img") || image.nameIs("image");
        if ((narrow && low) || (picture && style.flat())) {
            return true;
        }
        @Nullable Element element = image;
        for (int i = 0; i < ANCESTORS && element != null; i++) {
            boolean said = element.attributesSize() > 0 && element.attributes().hasKey("hidden");
            if (said || styleOf(element).none()) {
                return true;
            }
            element = element.parent();
        }
        return false;
    }

    private Visibility styleOf(Element element) {
        String style = styleAttribute(element);
        if (rules.isEmpty()) {
            return byAttribute(style);
        }
        Visibility known = looks.get(element);
        if (known == null) {
            known = rules.visibility(style, classes(element), selector -> matches(element, selector))
                    .orElseGet(() -> byAttribute(style));
            looks.put(element, known);
        }
        return known;
    }

    private Visibility byAttribute(String style) {
        if (style.isEmpty()) {
            return Visibility.PLAIN;
        }
        Visibility known = styles.get(style);
        if (known == null) {
            known = rules.visibility(style);
            if (styles.size() < REMEMBERED) {
                styles.put(style, known);
            }
        }
        return known;
    }

    private static Set<String> classes(Element element) {
        if (element.attributesSize() == 0 || !element.attributes().hasKey("class")) {
            return Set.of();
        }
        Set<String> classes = new HashSet<>();
        element.classNames().forEach(name -> classes.add(name.toLowerCase(Locale.ROOT)));
        return classes;
    }

    private static String styleAttribute(Element element) {
        String style = element.attributesSize() == 0 ? "" : element.attributes().get("style");
        return style.length() >= MailStyles.LONGEST_ATTRIBUTE ? "" : style;
    }

    private boolean matches(Element element, String selector) {
        Known known = selectors.computeIfAbsent(selector, Known::of);
        steps += known.steps(element);
        if (steps > MOST_STEPS) {
            throw new RenderingException(
                    RenderingException.Reason.TOO_EXPENSIVE, "The mail has too many rules for its images.");
        }
        return known.evaluator() != null && element.is(known.evaluator());
    }

    /** A length of the old attributes below two pixels. */
    private static boolean isTiny(String length) {
        String number = length.strip();
        int digit = 0;
        while (digit < number.length() && number.charAt(digit) == '0') {
            digit++;
        }
        boolean one = digit < number.length() && number.charAt(digit) == '1';
        int next = digit + (one ? 1 : 0);
        return next > 0
                && !number.endsWith("%")
                && (next == number.length() || "0123456789".indexOf(number.charAt(next)) < 0);
    }
}
