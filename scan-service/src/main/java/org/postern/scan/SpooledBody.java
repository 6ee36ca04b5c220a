package org.postern.scan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A body whose stream can be read once, made into one that can be read again: what passes by in the first reading is kept in
 * a file. Not safe for more than one thread.
 */
public final class SpooledBody implements Body, AutoCloseable {
    private final Body once;
    private final Room files;
    private @Nullable Path file;
    private @Nullable Kept first;
    private boolean whole;

    /** Where there is room for a file. */
    @FunctionalInterface
    public interface Room {
        Path newFile() throws IOException;
    }

    public SpooledBody(Body once, Room files) {
        this.once = once;
        this.files = files;
    }

    @Override
    public InputStream open() throws IOException {
        Path kept = file;
        if (kept == null) {
            kept = files.newFile();
            file = kept;
            first = new Kept(once.open(), Files.newOutputStream(kept));
            return first;
        }
        if (first != null && !whole) {
            // Whoever read it first needed no more; the rest is still to come.
            first.transferTo(OutputStream.nullOutputStream());
        }
        return Files.newInputStream(kept);
    }

    @Override
    public long size() {
        return once.size();
    }

    @Override
    public @Nullable String name() {
        return once.name();
    }

    @Override
    public @Nullable String mediaType() {
        return once.mediaType();
    }

    @Override
    public void close() throws IOException {
        if (first != null) {
            first.copy.close();
        }
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    private final class Kept extends FilterInputStream {
        private final OutputStream copy;

        Kept(InputStream in, OutputStream copy) {
            super(in);
            this.copy = copy;
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
                keep(into, offset, n);
            } else if (n < 0) {
                whole = true;
            }
            return n;
        }

        private void keep(byte[] from, int offset, int n) throws NoRoomException {
            try {
                copy.write(from, offset, n);
            } catch (IOException e) {
                throw new NoRoomException(e);
            }
        }

        @Override
        public long skip(long n) {
            throw new UnsupportedOperationException("every byte is scanned");
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /** Leaves it open: what was not read yet may still be wanted. */
        @Override
        public void close() {}
    }
}
