package org.postern.message.milter;

import java.io.IOException;

/** What came is not the protocol, or not in its order. The connection is of no use any more. */
final class MalformedPacketException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what what is wrong, without a byte of what came */
    MalformedPacketException(String what) {
        super(what);
    }
}
