package org.postern.spam;

import java.util.Optional;

/** Who has written to which domain before. Safe for use by many threads; blocks, for a few milliseconds. */
public interface ContactHistory {
    /**
     * How the domains of a mail know its sender; empty where their history is too young to tell.
     *
     * @throws DatabaseAwayException where it cannot be told now
     */
    Optional<Acquaintance> look(Contact contact);

    /**
     * Keeps that somebody has written. Doing so twice is doing so once.
     *
     * @throws DatabaseAwayException where it cannot be kept now
     */
    void keep(Contact contact);
}
