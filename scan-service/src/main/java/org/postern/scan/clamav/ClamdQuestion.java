package org.postern.scan.clamav;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.postern.engine.BodyTruncatedException;
import org.postern.engine.Deadline;
import org.postern.events.mail.EngineVersion;
import org.postern.scan.Body;

/**
 * A body given to clamd, in a session of three commands: {@code VERSION}, {@code INSTREAM}, {@code VERSION}. One connection
 * is served by one clamd, which answers {@code VERSION} with the database that it would scan with at that moment: where
 * both answers are the same, that is what it scanned with.
 *
 * <p>The stream is chunks of a four byte length and that many bytes, then one of length zero. That last one is sent only
 * when the body has ended and had its size: an answer about less is no answer.
 */
final class ClamdQuestion {
    private static final byte[] BEGIN = "zIDSESSION\0zVERSION\0zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK_BYTES = 128 * 1024;

    private final NetClient client;
    private final SocketAddress address;

    ClamdQuestion(NetClient client, SocketAddress address) {
        this.client = client;
        this.address = address;
    }

    /**
     * What clamd said.
     *
     * @param engine the older of both versions, so that no scan is said to have been made with newer signatures than it was
     */
    record Answer(ClamdReply reply, EngineVersion engine) {}

    /**
     * Asks clamd about a body.
     *
     * @throws IOException the exception of the body's stream
     * @throws ClamdException where there is no answer, or none that can be believed
     */
    Answer ask(Body body, Deadline deadline) throws IOException, ClamdException, InterruptedException {
        requireTime(deadline);
        try (InputStream bytes = body.open()) {
            Chunks chunks = new Chunks(body, bytes);
            // With as much of the body as fits: a small mail is one write, and one wait for all that comes of it.
            Buffer first = chunks.next(BEGIN);
            requireTime(deadline);
            try (ClamdSession session = ClamdSession.open(client, address, first, chunks.ended)) {
                boolean taken = true;
                while (taken && !chunks.ended) {
                    Buffer next = chunks.next(new byte[0]);
                    requireTime(deadline);
                    taken = session.write(next, chunks.ended, deadline);
                }
                return answer(session.replies(deadline), taken);
            }
        }
    }

    private static void requireTime(Deadline deadline) throws ClamdException {
        if (deadline.isOver()) {
            throw ClamdException.late();
        }
    }

    private static Answer answer(SessionReplies replies, boolean whole) throws ClamdException {
        if (replies.areGarbled()) {
            throw ClamdException.notUnderstood("clamd answered what was not asked");
        }
        ClamdReply reply = reply(replies);
        // An OK that came before clamd had everything, or after which it fell silent, is about something else.
        if (reply instanceof ClamdReply.Ok && !(whole && replies.areWhole())) {
            throw ClamdException.notUnderstood("clamd did not answer all of it");
        }
        return new Answer(reply, older(version(replies.versionBefore()), version(replies.versionAfter())));
    }

    private static ClamdReply reply(SessionReplies replies) throws ClamdException {
        String stream = replies.toStream();
        if (stream != null) {
            return ClamdReply.of(stream);
        }
        String connection = replies.withoutNumber();
        if (connection != null && ClamdReply.of(connection) instanceof ClamdReply.ReadTimedOut late) {
            return late;
        }
        throw ClamdException.notUnderstood("clamd closed the connection or sent no whole answer");
    }

    private static EngineVersion version(@Nullable String reply) {
        return reply == null ? EngineVersion.named(ClamAvScanner.ENGINE) : ClamdVersion.of(reply);
    }

    /** Where one of them is not known, neither is the older. */
    private static EngineVersion older(EngineVersion before, EngineVersion after) {
        return after.version() == null || ClamdVersion.isOlder(after, before) ? after : before;
    }

    /** A body as it goes to clamd. */
    private static final class Chunks {
        private final Body body;
        private final InputStream bytes;
        private final byte[] chunk;
        private long sent;
        private boolean ended;

        Chunks(Body body, InputStream bytes) {
            this.body = body;
            this.bytes = bytes;
            // One byte more than a small body, so that its end is met in the first read.
            long size = body.size();
            this.chunk = new byte[size >= 0 && size < CHUNK_BYTES ? (int) size + 1 : CHUNK_BYTES];
        }

        /** The next chunk, and what ends the stream where it is the last. */
        Buffer next(byte[] before) throws IOException {
            // To the full. Less than that only at the end, where a stream of the store has checked the hash.
            int length = bytes.readNBytes(chunk, 0, chunk.length);
            sent += length;
            ended = length < chunk.length;
            Buffer next =
                    Buffer.buffer(before.length + length + 2 * Integer.BYTES).appendBytes(before);
            if (length > 0) {
                next.appendInt(length).appendBytes(chunk, 0, length);
            }
            if (ended) {
                requireSize();
                next.appendInt(0);
            }
            return next;
        }

        private void requireSize() throws BodyTruncatedException {
            if (body.size() != Body.UNKNOWN_SIZE && body.size() != sent) {
                throw new BodyTruncatedException(body.size(), sent);
            }
            // clamd calls an empty stream OK. That is true of a body which is empty, and of nothing else.
            if (body.size() == Body.UNKNOWN_SIZE && sent == 0) {
                throw new BodyTruncatedException(1, 0);
            }
        }
    }
}
