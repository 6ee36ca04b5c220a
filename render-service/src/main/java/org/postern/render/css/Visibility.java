package org.postern.render.css;

import java.util.Map;
import org.postern.render.css.Appearance.Effect;
import org.postern.render.css.Appearance.Property;

/**
 * What styles leave to be seen of an element.
 *
 * @param none whether nothing of it and of what is in it is seen
 * @param narrow whether it is less than two pixels wide
 * @param low whether it is less than two pixels high
 * @param flat whether it is no pixel wide, or none high; what is in it may stand out of it
 */
public record Visibility(boolean none, boolean narrow, boolean low, boolean flat) {
    /** As without a style. */
    public static final Visibility PLAIN = new Visibility(false, false, false, false);

    static Visibility of(Map<Property, Effect> effects) {
        boolean none = false;
        boolean narrow = false;
        boolean low = false;
        boolean flat = false;
        for (Map.Entry<Property, Effect> one : effects.entrySet()) {
            boolean hides = one.getValue().hides();
            switch (one.getKey()) {
                case DISPLAY, VISIBILITY, OPACITY -> none |= hides;
                case WIDTH, MAX_WIDTH -> {
                    narrow |= hides;
                    flat |= one.getValue() == Effect.NOTHING;
                }
                case HEIGHT, MAX_HEIGHT -> {
                    low |= hides;
                    flat |= one.getValue() == Effect.NOTHING;
                }
            }
        }
        return new Visibility(none, narrow, low, flat);
    }

    /** Whether there is nothing to be seen of the element by itself. */
    boolean isNothing() {
        return none || (narrow && low);
    }
}
