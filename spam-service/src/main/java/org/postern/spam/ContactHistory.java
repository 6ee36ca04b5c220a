package org.postern.spam;

/** Who has written to which domain before. Safe for use by many threads; blocks, for a few milliseconds. */
public interface ContactHistory {
    /**
     * How the domains of a mail know its sender, and whether anything is left to keep of that.
     *
     * @throws DatabaseAwayException where it cannot be told now
     */
    Remembered look(Contact contact);

    /**
     * Keeps that somebody has written. Doing so twice is doing so once.
     *
     * @throws DatabaseAwayException where it cannot be kept now
     */
    void keep(Contact contact);
}
