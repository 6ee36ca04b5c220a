package org.postern.render.preview;

/** Shows pages to nobody and says what they look like. */
@FunctionalInterface
public interface Screenshots {
    /**
     * A picture of a page, in whatever format. The page may be hostile, and what has shown it too: the picture is to be made
     * anew.
     *
     * @param page HTML in UTF-8
     * @throws PreviewException where there is none now
     */
    byte[] of(byte[] page, PreviewSize size) throws PreviewException, InterruptedException;

    /** None, for an installation that wants none. */
    static Screenshots off() {
        return (page, size) -> {
            throw new PreviewException(PreviewException.Reason.OFF);
        };
    }
}
