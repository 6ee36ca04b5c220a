package org.postern.spam.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.postern.edge.problem.ProblemException;

/** The bytes of a request, refused where there are none or too many, or where they do not begin like a mail. */
final class UploadStream extends FilterInputStream {
    private static final int PEEKED_BYTES = 256;

    /** The first header field: names are short, and old mails have white space before the colon (RFC 5322, 4.5). */
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,200}[ \\t]*:.*", Pattern.DOTALL);

    private final long limit;
    private long count;

    private UploadStream(InputStream body, long limit) {
        super(body);
        this.limit = limit;
    }

    /**
     * Begins to read a request.
     *
     * @param announced what Content-Length says, or a negative number
     * @throws ProblemException where the body is empty, no mail, or announced to be too large
     */
    static UploadStream begin(InputStream body, long announced, long limit) throws IOException {
        if (announced > limit) {
            throw tooLarge(limit);
        }
        PushbackInputStream peeked = new PushbackInputStream(body, PEEKED_BYTES);
        byte[] start = peeked.readNBytes(PEEKED_BYTES);
        if (start.length == 0) {
            throw new ProblemException(400, "body-empty", "There is no body, so there is no mail.");
        }
        if (!FIELD.matcher(new String(start, StandardCharsets.ISO_8859_1)).matches()) {
            throw new ProblemException(
                    400, "not-a-mail", "The body must be a mail (RFC 5322): header lines, a blank line, the text.");
        }
        peeked.unread(start);
        return new UploadStream(peeked, limit);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = super.read(into, offset, length);
        if (n > 0) {
            count += n;
            if (count > limit) {
                throw tooLarge(limit);
            }
        }
        return n;
    }

    @Override
    public long skip(long n) {
        throw new UnsupportedOperationException("every byte is assessed");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Leaves the request open: closing it would read all the rest of a body that was refused for its size. */
    @Override
    public void close() {}

    private static ProblemException tooLarge(long limit) {
        return new ProblemException(413, "body-too-large", "The mail has more than " + limit + " bytes.")
                .withNext("Send at most " + limit + " bytes.");
    }
}
