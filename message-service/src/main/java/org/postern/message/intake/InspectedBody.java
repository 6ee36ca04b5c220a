package org.postern.message.intake;

import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a request on its way into the store: it fails as soon as it is known not to be a mail, and it does not end
 * where bytes that were announced are missing. It keeps nothing of what passes.
 */
public final class InspectedBody extends InputStream {
    /** The length of a body whose length was not announced. */
    public static final long UNKNOWN_LENGTH = -1;

    private final InputStream source;
    private final MailHead head;
    private final long announced;
    private long passed;

    /**
     * @param announced the bytes announced by the client, or {@link #UNKNOWN_LENGTH}
     * @param mostHeaderBytes a longer header block is refused
     */
    public InspectedBody(InputStream source, long announced, long mostHeaderBytes) {
        this.source = source;
        this.announced = announced;
        this.head = new MailHead(mostHeaderBytes);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int n = source.read(into, offset, length);
        if (n < 0) {
            if (announced >= 0 && passed < announced) {
                throw new RefusedBodyException(
                        Refusal.BODY_TRUNCATED,
                        "The body ended after " + passed + " of the " + announced + " bytes announced.");
            }
            head.end();
            return -1;
        }
        passed += n;
        head.take(into, offset, n);
        return n;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
