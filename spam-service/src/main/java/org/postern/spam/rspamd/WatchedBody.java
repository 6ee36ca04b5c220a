package org.postern.spam.rspamd;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.postern.engine.BodyTruncatedException;
import org.postern.spam.Body;

/**
 * A body on its way to Rspamd, read by the HTTP client's thread: remembers whether it came to its end, and what went wrong,
 * which the HTTP client would make into a failure of the exchange.
 */
final class WatchedBody implements AutoCloseable {
    private final Body body;
    private volatile @Nullable IOException failure;
    private volatile boolean ended;
    private volatile @Nullable InputStream opened;

    WatchedBody(Body body) {
        this.body = body;
    }

    /** The stream for the HTTP client; null where it cannot be opened, which that takes for a failure. */
    @Nullable InputStream open() {
        try {
            InputStream watched = new Watched(body.open());
            opened = watched;
            return watched;
        } catch (IOException e) {
            failure = e;
            return null;
        }
    }

    /** Whether all of the body was read, and had its size. */
    boolean ended() {
        return ended;
    }

    /** What went wrong with the body; null where nothing did. */
    @Nullable IOException failure() {
        return failure;
    }

    /** Closes the body, which the HTTP client leaves open where the exchange fails. */
    @Override
    public void close() throws IOException {
        InputStream stream = opened;
        if (stream != null) {
            stream.close();
        }
    }

    private final class Watched extends FilterInputStream {
        private long count;

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int n = super.read(into, offset, length);
                if (n > 0) {
                    count += n;
                }
                if (n < 0) {
                    requireSize();
                    ended = true;
                }
                return n;
            } catch (IOException e) {
                failure = e;
                throw e;
            } catch (RuntimeException e) {
                failure = new IOException(e);
                throw e;
            }
        }

        private void requireSize() throws BodyTruncatedException {
            if (body.size() != Body.UNKNOWN_SIZE && body.size() != count) {
                throw new BodyTruncatedException(body.size(), count);
            }
        }
    }
}
