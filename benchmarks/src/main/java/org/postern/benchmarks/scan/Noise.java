package org.postern.benchmarks.scan;

import java.io.InputStream;

/** So many bytes that nobody has seen before and nobody holds. */
final class Noise extends InputStream {
    private long left;
    private long state;

    Noise(long size, long seed) {
        this.left = size;
        this.state = seed * 0x9E3779B97F4A7C15L | 1;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (left <= 0) {
            return -1;
        }
        int n = (int) Math.min(left, length);
        for (int i = 0; i < n; i++) {
            if ((i & 7) == 0) {
                state ^= state << 13;
                state ^= state >>> 7;
                state ^= state << 17;
            }
            into[offset + i] = (byte) (state >>> ((i & 7) * 8));
        }
        left -= n;
        return n;
    }
}
