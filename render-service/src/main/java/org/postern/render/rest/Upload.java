package org.postern.render.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.postern.edge.problem.ProblemException;

/** The bytes of a request, refused where there are none or too many. */
final class Upload extends FilterInputStream {
    private final long limit;
    private long count;

    private Upload(InputStream body, long limit) {
        super(body);
        this.limit = limit;
    }

    static Upload begin(InputStream body, long announced, long limit) throws IOException {
        if (announced > limit) {
            throw tooLarge(limit);
        }
        PushbackInputStream peeked = new PushbackInputStream(body, 1);
        int first = peeked.read();
        if (first < 0) {
            throw new ProblemException(400, "body-empty", "There is no body, so there is nothing to render.");
        }
        peeked.unread(first);
        return new Upload(peeked, limit);
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

    /** Leaves the request open: closing it would read all the rest of a body that was refused for its size. */
    @Override
    public void close() {}

    private static ProblemException tooLarge(long limit) {
        return new ProblemException(413, "body-too-large", "The body has more than " + limit + " bytes.")
                .withNext("Send at most " + limit + " bytes.");
    }
}
