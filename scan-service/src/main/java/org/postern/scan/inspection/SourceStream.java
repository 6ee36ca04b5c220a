package org.postern.scan.inspection;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Remembers the exception of a body's own stream: what a parser makes of it is not to be taken for a broken format. */
final class SourceStream extends FilterInputStream {
    private @Nullable IOException own;

    SourceStream(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            own = e;
            throw e;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return super.read(into, offset, length);
        } catch (IOException e) {
            own = e;
            throw e;
        }
    }

    void rethrowOwn() throws IOException {
        if (own != null) {
            throw own;
        }
    }
}
