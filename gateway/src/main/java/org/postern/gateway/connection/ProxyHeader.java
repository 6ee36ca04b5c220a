package org.postern.gateway.connection;

/**
 * Follows the bytes by which a proxy says for whom it connects, before all others (PROXY protocol, versions 1 and 2), only to
 * know where they end. It judges nothing; the decoder behind it does.
 */
final class ProxyHeader {
    private static final int LENGTH_AT = 14;
    private static final int FIXED = 16;

    private boolean binary;
    private int seen;
    private int length;
    private boolean here;

    /** Looks at the next byte of it. */
    void take(byte next) {
        if (seen == 0) {
            // The signature of version 2 begins by the end of a line, version 1 by a word.
            binary = next == '\r';
        }
        if (binary) {
            if (seen >= LENGTH_AT && seen < FIXED) {
                length = length << Byte.SIZE | next & 0xff;
            }
            here = seen + 1 >= FIXED && seen + 1 >= FIXED + length;
        } else {
            here = next == '\n';
        }
        seen++;
    }

    /** Whether all of it has come. */
    boolean isHere() {
        return here;
    }
}
