package org.postern.render.css;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postern.render.css.Token.Type;

/**
 * What declarations do to be seen, property by property. Read from their tokens, so that neither escapes nor comments
 * deceive. What hides and is then said otherwise in the same list hides: nobody who means well writes that.
 */
final class Appearance {
    /** What one property does. */
    enum Effect {
        SHOWS,
        /** Less than two pixels are left. */
        TINY,
        NOTHING;

        boolean hides() {
            return this != SHOWS;
        }
    }

    /** The properties that are looked at. */
    enum Property {
        DISPLAY,
        VISIBILITY,
        OPACITY,
        WIDTH,
        MAX_WIDTH,
        HEIGHT,
        MAX_HEIGHT
    }

    /** What is declared of a property. */
    record Declared(Effect effect, boolean important) {}

    private static final double TWO_PIXELS = 2;
    private static final double LITTLE = 0.1;
    private static final double TRANSPARENT = 0.05;
    private static final int PERCENT = 100;

    private final Map<Property, Declared> declared = new EnumMap<>(Property.class);

    private Appearance() {}

    /** Of the declarations from one token to another. */
    static Appearance of(Tokens tokens, int from, int to) {
        Appearance all = new Appearance();
        int i = from;
        while (i < to) {
            int end = tokens.find(Type.SEMICOLON, i, to);
            int name = tokens.skipSpace(i, end);
            int colon = tokens.skipSpace(name + 1, end);
            int value = tokens.skipSpace(colon + 1, end);
            if (value < end
                    && tokens.get(name).is(Type.IDENT)
                    && tokens.get(colon).is(Type.COLON)) {
                boolean important = tokens.get(tokens.trimEnd(value, end) - 1).isIdent("important");
                all.declare(tokens.get(name).text().toLowerCase(Locale.ROOT), tokens.get(value), important);
            }
            i = end + 1;
        }
        return all;
    }

    private void declare(String name, Token value, boolean important) {
        Property property = named(name);
        if (property == null) {
            return;
        }
        Declared before = declared.get(property);
        Effect effect = effect(property, value);
        if (before == null || effect.hides() || !before.effect().hides()) {
            declared.put(property, new Declared(effect, important || (before != null && before.important())));
        }
    }

    private static @Nullable Property named(String name) {
        return switch (name) {
            case "display" -> Property.DISPLAY;
            case "visibility" -> Property.VISIBILITY;
            case "opacity" -> Property.OPACITY;
            case "width" -> Property.WIDTH;
            case "max-width" -> Property.MAX_WIDTH;
            case "height" -> Property.HEIGHT;
            case "max-height" -> Property.MAX_HEIGHT;
            default -> null;
        };
    }

    private static Effect effect(Property property, Token value) {
        return switch (property) {
            case DISPLAY -> value.isIdent("none") ? Effect.NOTHING : Effect.SHOWS;
            case VISIBILITY -> value.isIdent("hidden") || value.isIdent("collapse") ? Effect.NOTHING : Effect.SHOWS;
            case OPACITY -> isTransparent(value) ? Effect.NOTHING : Effect.SHOWS;
            case WIDTH, MAX_WIDTH, HEIGHT, MAX_HEIGHT -> length(value);
        };
    }

    private static boolean isTransparent(Token value) {
        return (value.is(Type.NUMBER) && number(value) < TRANSPARENT)
                || (value.is(Type.PERCENTAGE) && number(value) < TRANSPARENT * PERCENT);
    }

    private static Effect length(Token value) {
        boolean measured = value.is(Type.NUMBER) || value.is(Type.PERCENTAGE) || value.is(Type.DIMENSION);
        if (!measured) {
            return Effect.SHOWS;
        }
        double most =
                switch (value.type()) {
                    case PERCENTAGE -> 0;
                    case DIMENSION ->
                        switch (value.unit().toLowerCase(Locale.ROOT)) {
                            case "px", "pt" -> TWO_PIXELS;
                            default -> LITTLE;
                        };
                    default -> TWO_PIXELS;
                };
        double number = number(value);
        return number <= 0 ? Effect.NOTHING : number < most ? Effect.TINY : Effect.SHOWS;
    }

    private static double number(Token value) {
        return Double.parseDouble(value.text());
    }

    /** What is declared, by property. */
    Map<Property, Declared> declared() {
        return Collections.unmodifiableMap(declared);
    }

    /** Whether nobody sees what only this is said of. */
    boolean isUnseen() {
        return visibility().isNothing();
    }

    Visibility visibility() {
        Map<Property, Effect> effects = new EnumMap<>(Property.class);
        declared.forEach((property, one) -> effects.put(property, one.effect()));
        return Visibility.of(effects);
    }
}
