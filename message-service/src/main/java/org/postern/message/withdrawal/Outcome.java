package org.postern.message.withdrawal;

/**
 * How it ended for one recipient.
 *
 * @param code a word that says how
 * @param success whether nothing more needs to be done
 * @param copies how many copies are where they were meant to be
 */
public record Outcome(String code, boolean success, int copies) {
    /** The copies are in the quarantine mailbox. */
    static Outcome moved(int copies) {
        return new Outcome("moved", true, copies);
    }

    /** The copies have the keyword. */
    static Outcome flagged(int copies) {
        return new Outcome("flagged", true, copies);
    }

    /** No copy turned up for as long as it was looked for: never delivered, deleted, or fetched. */
    static Outcome notFound() {
        return new Outcome("not-found", true, 0);
    }

    /** The mail server knows no mailbox of that recipient: an alias, a list, somebody elsewhere. */
    static Outcome noMailbox() {
        return new Outcome("no-mailbox", false, 0);
    }

    /** The copies are back. */
    static Outcome restored(int copies) {
        return new Outcome("restored", true, copies);
    }

    /** There is no copy left where we had put it: the reader moved or deleted it. */
    static Outcome nothingLeft() {
        return new Outcome("nothing-left", true, 0);
    }

    /** It is given up. */
    static Outcome failed(String reason) {
        return new Outcome(reason, false, 0);
    }
}
