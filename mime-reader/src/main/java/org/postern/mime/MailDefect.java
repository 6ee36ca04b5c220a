package org.postern.mime;

/** Why a text is not read as a mail. */
public enum MailDefect {
    /** There are no bytes at all. */
    EMPTY("empty-mail"),
    /** It does not begin with header fields of a mail (RFC 5322 section 2.2). */
    NOT_A_MAIL("not-a-mail"),
    /** NUL in the header block, where RFC 5322 section 4 forbids it and parsers disagree about it. */
    NUL_IN_HEADER("nul-in-header"),
    /** The header block of the mail or of a part is larger than {@link Limits#headerBlock()}. */
    HEADER_TOO_LARGE("mail-header-too-large"),
    /** More multiparts inside one another than {@link Limits#depth()}. */
    TOO_DEEP("mime-too-deep"),
    /** More parts than {@link Limits#parts()}. */
    TOO_MANY_PARTS("mime-too-many-parts"),
    /** More text than {@link Limits#text()}. */
    TEXT_TOO_LARGE("mail-text-too-large"),
    /** The parser gave up. */
    MALFORMED("mime-malformed");

    private final String code;

    MailDefect(String code) {
        this.code = code;
    }

    /** A stable name for problem documents and metrics. */
    public String code() {
        return code;
    }
}
