package org.postern.mime;

/**
 * How much of a mail is read before it counts as an attack. Sizes are bytes, after transfer decoding where that applies.
 *
 * @param depth multiparts inside one another
 * @param parts body parts in the whole mail
 * @param headerBlock bytes of the header block, of the mail and of each part
 * @param text decoded bytes of all text that is held in memory
 * @param inlineImage decoded bytes of one image that is held; a larger one is only measured
 * @param inlineImages decoded bytes of all images that are held
 */
public record Limits(int depth, int parts, int headerBlock, int text, int inlineImage, int inlineImages) {
    private static final int MEBIBYTE = 1024 * 1024;

    public Limits {
        if (depth < 1 || parts < 1 || headerBlock < 1 || text < 1 || inlineImage < 0 || inlineImages < 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** Depth 40, 2 000 parts, 1 MiB of header, 10 MiB of text, images of 1 MiB and 4 MiB together. */
    public static Limits defaults() {
        return new Limits(40, 2000, MEBIBYTE, 10 * MEBIBYTE, MEBIBYTE, 4 * MEBIBYTE);
    }

    /** The same with another limit for text. */
    public Limits withText(int bytes) {
        return new Limits(depth, parts, headerBlock, bytes, inlineImage, inlineImages);
    }

    /** The same with other limits for images. */
    public Limits withInlineImages(int one, int together) {
        return new Limits(depth, parts, headerBlock, text, one, together);
    }
}
