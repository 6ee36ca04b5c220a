package org.postern.message.canonical;

import java.io.OutputStream;

/**
 * Takes the octets of a mail as they come and tells its lines apart. They end with CRLF or with LF; a CR elsewhere is an octet
 * of its line. The first empty one ends the head, and what is below it is hashed.
 */
public final class MailLines extends OutputStream {
    private final Head head;
    private final TextHash body;
    private boolean inHead = true;
    private boolean lineIsEmpty = true;
    private boolean afterReturn;

    /** Whoever reads the head, line by line from the top. Lines may have any length. */
    public interface Head {
        /** The next octet of a line. */
        void octet(byte octet);

        /** The line is over. It has octets. */
        void lineEnd();

        /** The line that ends the head is over, which is empty. */
        void end();
    }

    /** @param body takes what is below the head */
    public MailLines(Head head, TextHash body) {
        this.head = head;
        this.body = body;
    }

    @Override
    public void write(int octet) {
        take((byte) octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            take(octets[i]);
        }
    }

    /** The mail is over; a line without an end is one. */
    @Override
    public void close() {
        if (afterReturn) {
            put((byte) '\r');
            afterReturn = false;
        }
        if (inHead && !lineIsEmpty) {
            lineEnd();
        }
    }

    private void take(byte octet) {
        if (octet == '\n') {
            afterReturn = false;
            lineEnd();
            return;
        }
        if (afterReturn) {
            put((byte) '\r');
        }
        afterReturn = octet == '\r';
        if (!afterReturn) {
            put(octet);
        }
    }

    private void put(byte octet) {
        lineIsEmpty = false;
        if (inHead) {
            head.octet(octet);
        } else {
            body.octet(octet);
        }
    }

    private void lineEnd() {
        if (!inHead) {
            body.lineEnd();
        } else if (lineIsEmpty) {
            inHead = false;
            head.end();
        } else {
            head.lineEnd();
        }
        lineIsEmpty = true;
    }
}
