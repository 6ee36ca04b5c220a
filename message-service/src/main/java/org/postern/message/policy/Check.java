package org.postern.message.policy;

/** What is done to every message, and may fail to come to a result. */
public enum Check {
    /** For viruses and dangerous attachments. */
    SCAN("scan"),

    /** For spam, phishing and forged senders. */
    ASSESSMENT("assessment");

    private final String word;

    Check(String word) {
        this.word = word;
    }

    /** The word of it in a policy. */
    public String word() {
        return word;
    }
}
