package org.postern.benchmarks.load;

/** What mails are handed to. Safe for use by many threads. */
interface Target {
    /** Its name in the table. */
    String name();

    /**
     * Hands a mail in and waits for the decision.
     *
     * @return the decision in one word, for the table
     * @throws Exception where there was none: counted as a failure
     */
    String decide(byte[] mail) throws Exception;
}
