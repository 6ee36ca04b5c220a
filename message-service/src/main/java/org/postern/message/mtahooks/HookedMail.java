package org.postern.message.mtahooks;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way from the request to the store. It ends only where the document did as it should, so that one that
 * was cut off or goes wrong behind its contents is not taken for a message.
 */
final class HookedMail extends InputStream {
    private final byte[] head;
    private final InputStream contents;
    private final HookReader rest;
    private final Runnable lastByte;
    private int ofHead;
    private volatile boolean whole;
    private volatile @Nullable IOException failure;

    /** @param lastByte run when the document is over */
    HookedMail(byte[] head, InputStream contents, HookReader rest, Runnable lastByte) {
        this.head = head;
        this.contents = contents;
        this.rest = rest;
        this.lastByte = lastByte;
    }

    /** Whether the document was read to its end. */
    boolean isWhole() {
        return whole;
    }

    /** What ended it before; null where nothing did. */
    @Nullable IOException failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (ofHead < head.length) {
            int n = Math.min(length, head.length - ofHead);
            System.arraycopy(head, ofHead, into, offset, n);
            ofHead += n;
            return n;
        }
        try {
            int n = contents.read(into, offset, length);
            if (n < 0 && !whole) {
                rest.finish();
                whole = true;
                lastByte.run();
            }
            return n;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
