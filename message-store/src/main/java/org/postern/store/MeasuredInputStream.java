package org.postern.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.postern.events.ContentHash;

/** A body on its way into a store: counted, hashed, and cut off with an exception at a limit. */
public final class MeasuredInputStream extends InputStream {
    private final InputStream body;
    private final long limit;
    private final MessageDigest digest;
    private long count;

    /**
     * @param body the bytes, not closed with this stream
     * @param limit the most bytes let through
     */
    public MeasuredInputStream(InputStream body, long limit) {
        this.body = body;
        this.limit = limit;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = body.read(into, offset, length);
        if (n > 0) {
            count += n;
            if (count > limit) {
                throw new BodyTooLargeException(limit);
            }
            digest.update(into, offset, n);
        }
        return n;
    }

    /** How many bytes went through. */
    public long count() {
        return count;
    }

    /** The hash of all of them; to be asked once, at the end. */
    public ContentHash hash() {
        return ContentHash.ofDigest(digest.digest());
    }
}
