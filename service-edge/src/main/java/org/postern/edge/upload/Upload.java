package org.postern.edge.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.postern.edge.problem.ProblemException;

/**
 * The bytes of a request, refused where there are none or too many. Reading on after the limit throws a
 * {@link ProblemException} (413, {@code body-too-large}); the stream then has no end, so nobody takes what was read for
 * all of it.
 */
public final class Upload extends FilterInputStream {
    private static final int MOST_PEEKED_BYTES = 256;

    private final PushbackInputStream pushback;
    private final long limit;
    private long count;

    private Upload(PushbackInputStream body, long limit) {
        super(body);
        this.pushback = body;
        this.limit = limit;
    }

    /**
     * Begins to read a request.
     *
     * @param announced the bytes that Content-Length says, or a negative number where it says nothing
     * @param limit the bytes it may have
     * @throws ProblemException where the body is empty ({@code body-empty}) or announced to be too large
     */
    public static Upload begin(InputStream body, long announced, long limit) throws IOException {
        if (announced > limit) {
            throw tooLarge(limit);
        }
        Upload upload = new Upload(new PushbackInputStream(body, MOST_PEEKED_BYTES), limit);
        if (upload.peek(1).length == 0) {
            throw new ProblemException(400, "body-empty", "The request has no body.")
                    .withNext("Send the bytes as the body.");
        }
        return upload;
    }

    /**
     * The first bytes, which are read again after that.
     *
     * @param most how many, at most 256
     * @return fewer where the body has no more
     */
    public byte[] peek(int most) throws IOException {
        byte[] start = pushback.readNBytes(most);
        pushback.unread(start);
        return start;
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

    /** Not possible: what was skipped would be counted by nobody. */
    @Override
    public long skip(long n) {
        throw new UnsupportedOperationException("every byte is read");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Leaves the request open: closing it would read all the rest of a body that was refused for its size. */
    @Override
    public void close() {}

    private static ProblemException tooLarge(long limit) {
        return new ProblemException(413, "body-too-large", "The body has more than " + limit + " bytes.")
                .withNext("Send at most " + limit + " bytes.");
    }
}
