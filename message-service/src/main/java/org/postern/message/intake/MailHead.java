package org.postern.message.intake;

/**
 * Looks at the bytes of a body as they pass and tells whether they start like a mail: a header block that holds at least
 * one line {@code Name: value}, no NUL, and an end. The rest of the body is not looked at: to read it is the business of
 * the services that come later, and a mail they cannot read is one to judge, not one to refuse.
 */
final class MailHead {
    private enum Line {
        START,
        NAME,
        AFTER_NAME,
        REST
    }

    private final long mostBytes;
    private long bytes;
    private Line line = Line.START;
    private boolean headerSeen;
    private boolean ended;
    private boolean carriageReturn;

    /** @param mostBytes a longer header block is refused */
    MailHead(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Takes the next bytes. @throws RefusedBodyException as soon as they cannot be the start of a mail */
    void take(byte[] buffer, int offset, int length) throws RefusedBodyException {
        for (int i = offset; i < offset + length && !ended; i++) {
            take(buffer[i]);
        }
    }

    /** The body is at its end. @throws RefusedBodyException where what there was is no mail */
    void end() throws RefusedBodyException {
        if (bytes == 0) {
            throw new RefusedBodyException(Refusal.BODY_EMPTY, "The body is empty.");
        }
        if (!headerSeen) {
            throw notAMail();
        }
    }

    private void take(byte b) throws RefusedBodyException {
        if (++bytes > mostBytes) {
            throw new RefusedBodyException(
                    Refusal.HEADER_BLOCK_TOO_LARGE,
                    "The header block of a mail must have at most " + mostBytes + " bytes.");
        }
        if (b == 0) {
            throw new RefusedBodyException(Refusal.NUL_BYTES, "The header block of a mail must not hold NUL bytes.");
        }
        if (b == '\n') {
            endOfLine();
            return;
        }
        // The CR of a CRLF does not make a blank line a line with something on it.
        if (carriageReturn && line == Line.START) {
            line = Line.REST;
        }
        carriageReturn = b == '\r';
        if (!carriageReturn) {
            line = next(b);
        }
    }

    private void endOfLine() throws RefusedBodyException {
        if (line == Line.START) {
            if (!headerSeen) {
                throw notAMail();
            }
            ended = true;
        }
        line = Line.START;
        carriageReturn = false;
    }

    private Line next(byte b) {
        return switch (line) {
            case START -> isLetter(b) ? Line.NAME : Line.REST;
            case NAME -> inName(b);
            // RFC 5322, 4.5 lets old mails have white space before the colon.
            case AFTER_NAME -> b == ':' ? header() : b == ' ' || b == '\t' ? Line.AFTER_NAME : Line.REST;
            case REST -> Line.REST;
        };
    }

    private Line inName(byte b) {
        if (b == ':') {
            return header();
        }
        if (b == ' ' || b == '\t') {
            return Line.AFTER_NAME;
        }
        return isLetter(b) || b >= '0' && b <= '9' || b == '-' || b == '_' || b == '.' ? Line.NAME : Line.REST;
    }

    private Line header() {
        headerSeen = true;
        return Line.REST;
    }

    private static boolean isLetter(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
    }

    private static RefusedBodyException notAMail() {
        return new RefusedBodyException(
                Refusal.NOT_A_MAIL, "The body must be a mail (RFC 5322): header lines, a blank line, the text.");
    }
}
