package org.postern.render.preview;

/**
 * The part of a page that a picture shows: its upper left, in CSS pixels, of which each is one pixel of the picture.
 *
 * @param width of the window that the page is laid out for, from 200 to 1 280
 * @param height from 100 to 4 000
 */
public record PreviewSize(int width, int height) {
    /** The least and the most pixels from side to side. */
    public static final int NARROWEST = 200;

    public static final int WIDEST = 1_280;
    /** The least and the most pixels from top to bottom. */
    public static final int LOWEST = 100;

    public static final int HIGHEST = 4_000;

    public PreviewSize {
        if (!isWidth(width) || !isHeight(height)) {
            throw new IllegalArgumentException("a preview of " + width + " x " + height + " pixels is out of bounds");
        }
    }

    /** Whether a picture can be so wide. */
    public static boolean isWidth(int width) {
        return width >= NARROWEST && width <= WIDEST;
    }

    /** Whether a picture can be so high. */
    public static boolean isHeight(int height) {
        return height >= LOWEST && height <= HIGHEST;
    }
}
