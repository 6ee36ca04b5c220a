package org.postern.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Shows a header block the bytes that are read, until it has ended. */
final class GuardedInputStream extends FilterInputStream {
    private final HeaderBlock block;

    GuardedInputStream(InputStream in, HeaderBlock block) {
        super(in);
        this.block = block;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        if (!block.isComplete()) {
            if (octet < 0) {
                block.end();
            } else {
                block.take(octet);
            }
        }
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count < 0 && !block.isComplete()) {
            block.end();
        }
        for (int i = 0; i < count && !block.isComplete(); i++) {
            block.take(buffer[offset + i] & 0xFF);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        // Skipped bytes would not be seen.
        return block.isComplete() ? super.skip(count) : super.skip(0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
