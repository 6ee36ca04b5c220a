package org.postern.scan.clamav;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postern.engine.Deadline;

/**
 * One connection to clamd with one session on it ({@code IDSESSION}): the version is asked for, a stream is written without
 * waiting for that, and when clamd has answered about the stream the version is asked for again. A write is waited for
 * before the next one, so that a slow clamd slows the writer down; clamd may answer before it was told everything.
 *
 * <p>Whatever can be done on the event loop of the connection is done there: each step to another thread and back costs
 * more than all the bytes of a small mail.
 */
final class ClamdSession implements AutoCloseable {
    // Not before the answer about the stream is there: clamd writes the number and the version by themselves, and a
    // thread that has just ended a scan writes its answer in between.
    private static final byte[] AFTER_SCAN = "zVERSION\0zEND\0".getBytes(StandardCharsets.US_ASCII);

    private final SessionReplies replies = new SessionReplies();
    /** Completed when nothing more is waited for; the replies are read after that. */
    private final CompletableFuture<SessionReplies> over = new CompletableFuture<>();

    private Future<Void> written;
    private volatile @Nullable NetSocket socket;
    private volatile boolean everything;
    private volatile boolean closed;

    private ClamdSession(NetClient client, SocketAddress address, Buffer first, boolean last) {
        this.everything = last;
        this.written =
                client.connect(address).onFailure(over::completeExceptionally).compose(open -> begin(open, first));
    }

    /**
     * Connects and writes; what comes of that is told by the next write, or with the replies.
     *
     * @param last whether the stream ends with it
     */
    static ClamdSession open(NetClient client, SocketAddress address, Buffer first, boolean last) {
        return new ClamdSession(client, address, first, last);
    }

    private Future<Void> begin(NetSocket open, Buffer first) {
        socket = open;
        if (closed) {
            return open.close();
        }
        // Set where the connection is made, before a byte can arrive.
        open.exceptionHandler(e -> ended());
        open.closeHandler(nothing -> ended());
        open.handler(bytes -> received(open, bytes));
        return open.write(first);
    }

    private void received(NetSocket open, Buffer bytes) {
        if (over.isDone()) {
            return;
        }
        boolean before = replies.toStream() != null;
        replies.take(bytes);
        boolean scanned = !before && replies.toStream() != null;
        // An answer about what clamd was not yet told to the end is its last word.
        if (replies.areOver() || (scanned && !everything)) {
            over.complete(replies);
        } else if (scanned) {
            open.write(Buffer.buffer(AFTER_SCAN));
        }
    }

    private void ended() {
        over.complete(replies);
    }

    /**
     * Writes more, when what was written before is on its way.
     *
     * @param last whether the stream ends with it
     * @return whether it is being written; where not, clamd may have said why, so that the replies are to be read
     */
    boolean write(Buffer bytes, boolean last, Deadline deadline) throws ClamdException, InterruptedException {
        if (!isWritten(deadline)) {
            return false;
        }
        NetSocket open = socket;
        if (open == null) {
            return false;
        }
        everything = last;
        written = open.write(bytes);
        return true;
    }

    private boolean isWritten(Deadline deadline) throws ClamdException, InterruptedException {
        try {
            // A clamd that has replied may read no more, so that the write would wait for ever.
            CompletableFuture.anyOf(written.toCompletionStage().toCompletableFuture(), over)
                    .get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            return written.succeeded() && !over.isDone();
        } catch (ExecutionException e) {
            if (socket == null) {
                throw ClamdException.unreachable(e.getCause());
            }
            return false;
        } catch (TimeoutException e) {
            throw socket == null ? ClamdException.unreachable(e) : ClamdException.late();
        }
    }

    /**
     * Waits until clamd has answered everything, or said that it will not, or closed the connection.
     *
     * @return what it said until then, which may be nothing
     */
    SessionReplies replies(Deadline deadline) throws ClamdException, InterruptedException {
        try {
            return over.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw ClamdException.unreachable(e.getCause());
        } catch (TimeoutException e) {
            throw socket == null ? ClamdException.unreachable(e) : ClamdException.late();
        }
    }

    /** Where clamd has answered everything it ends the session by itself, and keeps what a closed connection leaves. */
    @Override
    public void close() {
        closed = true;
        NetSocket open = socket;
        if (open != null && !hasEndedWell()) {
            open.close();
        }
    }

    private boolean hasEndedWell() {
        return over.isDone() && !over.isCompletedExceptionally() && over.join().areWhole();
    }
}
