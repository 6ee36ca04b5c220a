package org.postern.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;

/**
 * Tells by its header block whether a text is a mail at all, while the bytes pass by. A mail begins with a header field,
 * has one of the fields that only mails have, no NUL, and a header block within a limit.
 */
public final class HeaderBlock {
    private static final int LONGEST_NAME = 76;
    private static final Set<String> FIELDS_OF_MAILS = Set.of(
            "from",
            "to",
            "cc",
            "bcc",
            "subject",
            "date",
            "sender",
            "reply-to",
            "message-id",
            "received",
            "return-path",
            "delivered-to",
            "mime-version",
            "content-type",
            "resent-from",
            "resent-date",
            "dkim-signature");

    private final int limit;
    private final StringBuilder name = new StringBuilder();
    private int size;
    private int lineLength;
    private int fields;
    private boolean naming;
    private boolean fieldOfMails;
    private boolean previousWasReturn;
    private boolean complete;

    private HeaderBlock(int limit) {
        this.limit = limit;
    }

    /**
     * Reads the header block, and the stream no further.
     *
     * @param limit the most bytes of a header block
     * @throws UnreadableMailException where it is not that of a mail
     */
    public static HeaderBlock read(InputStream mail, int limit) throws IOException {
        HeaderBlock block = new HeaderBlock(limit);
        int next = mail.read();
        while (next >= 0) {
            block.take(next);
            if (block.complete) {
                return block;
            }
            next = mail.read();
        }
        block.end();
        return block;
    }

    /**
     * The same bytes, failing with an {@link UnreadableMailException} as soon as they turn out not to be a mail. What
     * streams it elsewhere needs no second reading.
     *
     * @param limit the most bytes of a header block
     */
    public static InputStream guard(InputStream mail, int limit) {
        return new GuardedInputStream(mail, new HeaderBlock(limit));
    }

    /** Bytes of the block, with the empty line that ends it. */
    public int size() {
        return size;
    }

    /** How many fields it has. */
    public int fields() {
        return fields;
    }

    boolean isComplete() {
        return complete;
    }

    void take(int octet) throws UnreadableMailException {
        if (octet == 0) {
            throw new UnreadableMailException(MailDefect.NUL_IN_HEADER, "the header block contains NUL");
        }
        size++;
        if (size > limit) {
            throw new UnreadableMailException(
                    MailDefect.HEADER_TOO_LARGE, "the header block has more than " + limit + " bytes");
        }
        if (octet == '\n') {
            endLine();
        } else if (octet == '\r') {
            previousWasReturn = true;
        } else {
            takeOfLine(octet);
        }
    }

    private void takeOfLine(int octet) {
        if (previousWasReturn) {
            // A return that ends no line is a character of it.
            previousWasReturn = false;
            lineLength++;
            naming = false;
        }
        if (lineLength == 0) {
            naming = octet != ' ' && octet != '\t';
            name.setLength(0);
        }
        lineLength++;
        if (!naming) {
            return;
        }
        if (octet == ':' && !name.isEmpty()) {
            endName();
        } else if (isOfName(octet) && name.length() < LONGEST_NAME) {
            name.append((char) octet);
        } else if (octet != ' ' && octet != '\t') {
            naming = false;
        }
    }

    private static boolean isOfName(int octet) {
        return octet > ' ' && octet < 0x7F && octet != ':';
    }

    private void endName() {
        fields++;
        fieldOfMails |= FIELDS_OF_MAILS.contains(name.toString().toLowerCase(Locale.ROOT));
        naming = false;
    }

    private void endLine() throws UnreadableMailException {
        if (lineLength == 0) {
            end();
            complete = true;
        } else if (fields == 0 && !isEnvelopeLine()) {
            throw notAMail("it does not begin with a header field");
        }
        lineLength = 0;
        previousWasReturn = false;
    }

    /** The line that mbox files put before a mail; some stores leave it there. */
    private boolean isEnvelopeLine() {
        return name.toString().startsWith("From");
    }

    void end() throws UnreadableMailException {
        if (size == 0) {
            throw new UnreadableMailException(MailDefect.EMPTY, "there are no bytes");
        }
        if (!fieldOfMails) {
            throw notAMail("it has none of the header fields of a mail");
        }
    }

    private static UnreadableMailException notAMail(String why) {
        return new UnreadableMailException(MailDefect.NOT_A_MAIL, "this is not a mail: " + why);
    }
}
