package org.postern.spam;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a mail to be assessed. */
public interface Body {
    /** The size of a body that tells it only by ending. */
    long UNKNOWN_SIZE = -1;

    /**
     * Opens the bytes, once for each assessment. The stream must throw instead of ending where the bytes are not all there or
     * are not the right ones: its end is what makes an answer about it worth something.
     */
    InputStream open() throws IOException;

    /** How many bytes there must be, or {@link #UNKNOWN_SIZE}. */
    long size();

    /** A body in memory, for samples. */
    static Body of(byte[] bytes) {
        byte[] copy = bytes.clone();
        return of(() -> new ByteArrayInputStream(copy), copy.length);
    }

    /** A body of a known or unknown size. */
    static Body of(Source source, long size) {
        return new Body() {
            @Override
            public InputStream open() throws IOException {
                return source.open();
            }

            @Override
            public long size() {
                return size;
            }
        };
    }

    /** Where the bytes come from. */
    @FunctionalInterface
    interface Source {
        /** Opens the bytes. */
        InputStream open() throws IOException;
    }
}
