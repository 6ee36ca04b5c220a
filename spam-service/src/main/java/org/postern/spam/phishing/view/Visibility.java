package org.postern.spam.phishing.view;

import java.util.Locale;

/** Whether the style attribute of an element hides what is in it. Style sheets are not looked at. */
final class Visibility {
    private Visibility() {}

    static boolean hides(String style) {
        if (style.isEmpty() || style.length() > 4_000) {
            return false;
        }
        String background = "";
        String colour = "";
        boolean hidden = false;
        for (String declaration : style.toLowerCase(Locale.ROOT).split(";", 100)) {
            int colon = declaration.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String property = declaration.substring(0, colon).strip();
            String value =
                    declaration.substring(colon + 1).replace("!important", "").strip();
            hidden |= isHiding(property, value);
            background = property.startsWith("background") ? value : background;
            colour = property.equals("color") ? value : colour;
        }
        return hidden || (!colour.isEmpty() && colour.equals(background));
    }

    private static boolean isHiding(String property, String value) {
        return switch (property) {
            case "display" -> value.equals("none");
            case "visibility" -> value.equals("hidden");
            case "opacity", "max-height", "max-width" -> isZero(value);
            case "font-size" -> isZero(value) || value.equals("1px");
            case "text-indent" -> value.startsWith("-9");
            default -> false;
        };
    }

    private static boolean isZero(String value) {
        return value.equals("0")
                || value.equals("0px")
                || value.equals("0pt")
                || value.equals("0em")
                || value.equals("0.0");
    }
}
