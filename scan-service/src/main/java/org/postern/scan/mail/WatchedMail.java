package org.postern.scan.mail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A mail whose lines are shown to somebody while it is read, the very long ones cut. Not for more than one thread. */
final class WatchedMail extends FilterInputStream {
    /** Longer than RFC 5322 lets a line be. */
    private static final int LONGEST_LINE = 2000;

    private final Consumer<String> lines;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;

    /** @param lines takes each line, one byte a character, without its line feed but with any carriage return */
    WatchedMail(InputStream mail, Consumer<String> lines) {
        super(mail);
        this.lines = lines;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        int n = super.read(into, offset, count);
        for (int i = offset; i < offset + n; i++) {
            byte b = into[i];
            if (b == '\n') {
                end();
            } else if (length < LONGEST_LINE) {
                line[length++] = b;
            }
        }
        if (n < 0 && length > 0) {
            end();
        }
        return n;
    }

    private void end() {
        lines.accept(new String(line, 0, length, StandardCharsets.ISO_8859_1));
        length = 0;
    }

    @Override
    public long skip(long n) throws IOException {
        return readNBytes((int) Math.min(n, LONGEST_LINE)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
