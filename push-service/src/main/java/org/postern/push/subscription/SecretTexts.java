package org.postern.push.subscription;

/** Texts that nobody must read who has the database and nothing else. */
public interface SecretTexts {
    /**
     * Seals a text.
     *
     * @param boundTo for what; it opens for nothing else
     */
    String seal(String text, String boundTo);

    /**
     * Opens a text, also one that an older version kept in the clear.
     *
     * @throws LostTextException where it was sealed with a key that is not there, for something else, or was changed
     */
    String open(String sealed, String boundTo) throws LostTextException;

    /** How what is sealed with the newest key begins. */
    String newest();

    /** A text that cannot be opened. */
    final class LostTextException extends Exception {
        private static final long serialVersionUID = 1L;

        public LostTextException(String message) {
            super(message);
        }
    }
}
