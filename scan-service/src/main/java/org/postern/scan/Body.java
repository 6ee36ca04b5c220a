package org.postern.scan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Bytes to be scanned. */
public interface Body {
    /** The size of a body that tells it only by ending. */
    long UNKNOWN_SIZE = -1;

    /**
     * Opens the bytes, once for each scan. The stream must throw instead of ending where the bytes are not all there or
     * are not the right ones: its end is what makes an answer about it worth something.
     */
    InputStream open() throws IOException;

    /** How many bytes there must be, or {@link #UNKNOWN_SIZE}. */
    long size();

    /** The file name that it is said to have; null where it has none. */
    default @Nullable String name() {
        return null;
    }

    /** The media type that it is said to have, in lower case without parameters; null where nothing is said. */
    default @Nullable String mediaType() {
        return null;
    }

    /** A body in memory, for samples. */
    static Body of(byte[] bytes) {
        byte[] copy = bytes.clone();
        return of(() -> new ByteArrayInputStream(copy), copy.length);
    }

    /** A body of a known or unknown size. */
    static Body of(Source source, long size) {
        return of(source, size, null, null);
    }

    /** A mail (RFC 5322). */
    static Body mail(Source source, long size) {
        return of(source, size, null, "message/rfc822");
    }

    /** A body of which something is said. */
    static Body of(Source source, long size, @Nullable String name, @Nullable String mediaType) {
        return new Body() {
            @Override
            public InputStream open() throws IOException {
                return source.open();
            }

            @Override
            public long size() {
                return size;
            }

            @Override
            public @Nullable String name() {
                return name;
            }

            @Override
            public @Nullable String mediaType() {
                return mediaType;
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
