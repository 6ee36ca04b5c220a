package org.postern.message.withdrawal;

/** What is to become of the copies in one mailbox. */
public enum Goal {
    /** They are out of the reader's way. */
    WITHDRAWN("withdrawn"),
    /** They are where they were. */
    RESTORED("restored");

    private final String word;

    Goal(String word) {
        this.word = word;
    }

    /** The word for it in documents and rows. */
    public String word() {
        return word;
    }
}
