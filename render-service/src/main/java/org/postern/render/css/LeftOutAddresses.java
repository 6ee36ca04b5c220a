package org.postern.render.css;

import java.util.Locale;
import java.util.Set;
import org.postern.render.css.Addresses.Place;

/** Finds the addresses in styles that are not written, for those who must say what would have been fetched. */
final class LeftOutAddresses {
    private static final Set<String> FETCHING =
            Set.of("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade");

    private LeftOutAddresses() {}

    /** Reports every address that did not come through, wherever it stands. Whether there was an address at all. */
    static boolean report(Tokens tokens, Addresses addresses) {
        if (!tokens.hasText()) {
            return false;
        }
        boolean any = false;
        Place place = Place.IMAGE;
        int fetching = -1;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            switch (token.type()) {
                case AT ->
                    place = switch (token.text().toLowerCase(Locale.ROOT)) {
                        case "import" -> Place.STYLE_SHEET;
                        case "font-face" -> Place.FONT;
                        default -> Place.IMAGE;
                    };
                case FUNCTION -> {
                    if (FETCHING.contains(token.text().toLowerCase(Locale.ROOT))) {
                        fetching = Math.max(fetching, tokens.endOf(i));
                    }
                }
                case URL -> any |= leftOut(tokens, i, place, addresses);
                case STRING -> {
                    if (i < fetching || place == Place.STYLE_SHEET) {
                        any |= leftOut(tokens, i, place, addresses);
                    }
                }
                case SEMICOLON -> place = place == Place.STYLE_SHEET ? Place.IMAGE : place;
                case CLOSE_CURLY -> place = Place.IMAGE;
                default -> {}
            }
        }
        return any;
    }

    private static boolean leftOut(Tokens tokens, int index, Place place, Addresses addresses) {
        if (!tokens.isResolved(index)) {
            addresses.leftOut(tokens.get(index).text(), place);
        }
        return true;
    }
}
