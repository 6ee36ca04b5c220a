package org.postern.scan.inspection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;

/** Counts and hashes what is read, and stops where a limit is reached. */
final class MeasuredStream extends FilterInputStream {
    private final long packed;
    private final Budget budget;
    private final MessageDigest digest;
    private final ZipEnd zip = new ZipEnd();
    private final PictureEnd picture = new PictureEnd();
    private long count;

    MeasuredStream(InputStream bytes, long packed, Budget budget) {
        super(bytes);
        this.packed = packed;
        this.budget = budget;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
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
            digest.update(into, offset, n);
            zip.take(into, offset, n);
            picture.take(into, offset, n);
            budget.unpacked(n);
            budget.ratio(packed, count);
        }
        return n;
    }

    @Override
    public long skip(long n) {
        throw new UnsupportedOperationException("every byte is looked at");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Leaves the stream to whoever opened it. */
    @Override
    public void close() {}

    long count() {
        return count;
    }

    /** The hash, once all is read. */
    ContentHash sha256() {
        return ContentHash.ofDigest(digest.digest());
    }

    /** What begins where a picture ends; null where that is nothing. */
    @Nullable String behindPicture() {
        return picture.behind();
    }

    /** Whether a ZIP ends here. */
    ZipEnd zip() {
        return zip;
    }
}
