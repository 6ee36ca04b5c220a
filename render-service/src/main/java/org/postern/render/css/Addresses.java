package org.postern.render.css;

import org.jspecify.annotations.Nullable;

/** What becomes of the addresses in styles. */
public interface Addresses {
    /** In which place of a style an address stands. */
    enum Place {
        IMAGE,
        FONT,
        STYLE_SHEET
    }

    /** The address to write for an image, or null where it must not be there. Reports what becomes of it. */
    @Nullable String resolve(String address);

    /** Reports an address that is left out. */
    void leftOut(String address, Place place);

    /** Reports something else that is left out so many times, by a stable word. */
    void removed(String construct, int times);

    /** Reports something else that is left out, by a stable word. */
    default void removed(String construct) {
        removed(construct, 1);
    }
}
