package org.postern.store.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;

/** An object on its way here. Whoever stops reading early gives the connection up, instead of reading all the rest. */
final class AbortingInputStream extends FilterInputStream {
    private final ResponseInputStream<?> stream;
    private boolean atEnd;

    AbortingInputStream(ResponseInputStream<?> stream) {
        super(stream);
        this.stream = stream;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        atEnd |= value < 0;
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = super.read(into, offset, length);
        atEnd |= n < 0;
        return n;
    }

    @Override
    public void close() throws IOException {
        if (atEnd) {
            super.close();
        } else {
            stream.abort();
        }
    }
}
