package org.postern.scan.clamav;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.postern.scan.Body;
import org.postern.scan.BodyTruncatedException;
import org.postern.scan.Deadline;

/**
 * A body on its way to clamd: {@code zINSTREAM}, then chunks of a four byte length and that many bytes, then a chunk of
 * length zero. That last one is sent only when the body has ended and had its size: an answer about less is no answer.
 */
final class ClamdStream {
    private static final byte[] COMMAND = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK_BYTES = 64 * 1024;

    private final ClamdConnection connection;
    private final Deadline deadline;

    ClamdStream(ClamdConnection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /**
     * Sends a body.
     *
     * @return whether all of it was sent; where not, clamd stopped taking it
     * @throws IOException the exception of the body's stream
     */
    boolean send(Body body) throws IOException, ClamdException, InterruptedException {
        try (InputStream bytes = body.open()) {
            byte[] chunk = new byte[chunkSize(body.size())];
            Buffer next = Buffer.buffer(COMMAND);
            long sent = 0;
            while (true) {
                // To the full, so that a small mail is one write. Less than that only at the end, where a stream of the
                // store has checked the hash.
                int length = bytes.readNBytes(chunk, 0, chunk.length);
                sent += length;
                boolean ended = length < chunk.length;
                if (length > 0) {
                    next.appendInt(length).appendBytes(chunk, 0, length);
                }
                if (ended) {
                    requireSize(body, sent);
                    next.appendInt(0);
                }
                if (deadline.isOver()) {
                    throw ClamdException.late();
                }
                if (!connection.write(next, deadline)) {
                    return false;
                }
                if (ended) {
                    return true;
                }
                next = Buffer.buffer(chunk.length + 2 * Integer.BYTES);
            }
        }
    }

    /** One byte more than a small body, so that its end is met in the first read. */
    private static int chunkSize(long size) {
        return size >= 0 && size < CHUNK_BYTES ? (int) size + 1 : CHUNK_BYTES;
    }

    private static void requireSize(Body body, long sent) throws BodyTruncatedException {
        if (body.size() != Body.UNKNOWN_SIZE && body.size() != sent) {
            throw new BodyTruncatedException(body.size(), sent);
        }
        // clamd calls an empty stream OK. That is true of a body which is empty, and of nothing else.
        if (body.size() == Body.UNKNOWN_SIZE && sent == 0) {
            throw new BodyTruncatedException(1, 0);
        }
    }
}
