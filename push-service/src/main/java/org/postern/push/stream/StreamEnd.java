package org.postern.push.stream;

/** Why a stream is ended by us. */
public enum StreamEnd {
    /** The session, the subject or the token it was opened with was revoked. */
    REVOKED("revoked"),

    /** The client read so slowly that too much waited for it. It may come back and resume. */
    TOO_SLOW("too-slow");

    private final String word;

    StreamEnd(String word) {
        this.word = word;
    }

    /** The word for it in events and metrics. */
    public String word() {
        return word;
    }
}
