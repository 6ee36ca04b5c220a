package org.postern.message.digest;

/** What a reader sees who followed a link. */
public enum DigestPage {
    /** Asks whether the message is to be released. */
    ASK(200),
    /** It was released now. */
    RELEASED(200),
    /** It was released before. */
    RELEASED_BEFORE(200),
    /** It may not be released by its reader, or not any more. */
    NOT_POSSIBLE(409),
    /** The mail server cannot take it now. */
    LATER(503),
    /** The link is too old, or the message is not kept any more. */
    OVER(410),
    /** It is no link of ours. */
    INVALID(404);

    private final int status;

    DigestPage(int status) {
        this.status = status;
    }

    /** The HTTP status it is shown with. */
    public int status() {
        return status;
    }
}
