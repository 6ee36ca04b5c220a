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
import org.postern.scan.Deadline;

/**
 * One connection to clamd, for one command. Bytes are written by waiting for each write, so that a slow clamd slows the
 * writer down; the reply is collected from the start, because clamd may reply before it was told everything.
 */
final class ClamdConnection implements AutoCloseable {
    /** No reply of clamd comes near this. */
    private static final int LONGEST_REPLY = 4096;

    private final NetSocket socket;
    private final Buffer received = Buffer.buffer();
    private final CompletableFuture<String> reply = new CompletableFuture<>();

    private ClamdConnection(NetSocket socket) {
        this.socket = socket;
        socket.exceptionHandler(e -> ended());
        socket.closeHandler(nothing -> ended());
        socket.handler(this::received);
    }

    static ClamdConnection open(NetClient client, SocketAddress address, Deadline deadline)
            throws ClamdException, InterruptedException {
        // The handlers are set where the connection is made, before a byte can arrive.
        Future<ClamdConnection> opening = client.connect(address).map(ClamdConnection::new);
        try {
            return await(opening, deadline);
        } catch (ExecutionException e) {
            throw ClamdException.unreachable(e.getCause());
        } catch (TimeoutException e) {
            opening.onSuccess(ClamdConnection::close);
            throw ClamdException.unreachable(e);
        } catch (InterruptedException e) {
            opening.onSuccess(ClamdConnection::close);
            throw e;
        }
    }

    /**
     * Writes bytes and waits until they are on their way.
     *
     * @return whether they are; where not, clamd may have said why, so that the reply is to be read
     */
    boolean write(Buffer bytes, Deadline deadline) throws ClamdException, InterruptedException {
        if (reply.isDone()) {
            return false;
        }
        Future<Void> written = socket.write(bytes);
        try {
            // A clamd that has replied may read no more, so that the write would wait for ever.
            CompletableFuture.anyOf(written.toCompletionStage().toCompletableFuture(), reply)
                    .get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            // Asked of the write itself: news of it may be overtaken by the reply to it.
            return written.succeeded();
        } catch (ExecutionException e) {
            return false;
        } catch (TimeoutException e) {
            throw ClamdException.late();
        }
    }

    /** Waits for the reply, which must have its terminator: half an answer is none. */
    String reply(Deadline deadline) throws ClamdException, InterruptedException {
        try {
            return reply.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw ClamdException.notUnderstood("clamd closed the connection or sent no whole answer");
        } catch (TimeoutException e) {
            throw ClamdException.late();
        }
    }

    private void received(Buffer bytes) {
        received.appendBuffer(bytes);
        int end = terminator();
        // A reply is one line and the last thing sent: more after it is not an answer to us.
        if (end == received.length() - 1) {
            reply.complete(received.getString(0, end, StandardCharsets.US_ASCII.name()));
        } else if (end >= 0 || received.length() > LONGEST_REPLY) {
            ended();
        }
    }

    /** Where the first NUL (of a z command) or newline (of some errors) is; -1 where there is none yet. */
    private int terminator() {
        for (int i = 0; i < received.length(); i++) {
            byte b = received.getByte(i);
            if (b == 0 || b == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void ended() {
        reply.completeExceptionally(new IllegalStateException("no whole reply"));
    }

    private static <T> T await(Future<T> future, Deadline deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        socket.close();
    }
}
