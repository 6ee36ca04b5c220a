package org.postern.gateway.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postern.edge.problem.Problem;

/**
 * The clock of one connection, whose event loop alone touches it. It stands where bytes come in, and starts with those that
 * begin a head; {@link DecodedHeads} behind the decoder stops it. Most heads come whole, and for them it is never started.
 */
final class HeadClock extends ChannelInboundHandlerAdapter {
    /**
     * How long bytes are taken and thrown away after an answer: where some are left unread, closing resets the connection,
     * and a client that is still writing would never see it (RFC 9112, section 9.6).
     */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Duration deadline;
    private final Runnable missed;

    private boolean awaitsHead = true;
    private boolean bytesOfHead;
    private boolean refused;
    /** Requests that have not been answered yet. */
    private int unanswered;

    private @Nullable ScheduledFuture<?> running;
    private @Nullable ChannelHandlerContext here;

    HeadClock(Duration deadline, Runnable missed) {
        this.deadline = deadline;
        this.missed = missed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        here = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (refused) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        bytesOfHead = true;
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (awaitsHead && bytesOfHead && !refused && running == null && !context.isRemoved()) {
            running = context.executor().schedule(() -> expired(context), deadline.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** The connection is closed, or was upgraded to HTTP/2. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }

    /** A head has come. */
    void headIsHere() {
        awaitsHead = false;
        unanswered++;
        stop();
    }

    /** A request has come to its end. Of a next head that began with it the clock counts from its next byte. */
    void requestIsHere() {
        awaitsHead = true;
        bytesOfHead = false;
    }

    /** The last byte of an answer was written. */
    void answered() {
        unanswered--;
    }

    private void stop() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }

    private void expired(ChannelHandlerContext context) {
        Http2ConnectionHandler http2 = context.pipeline().get(Http2ConnectionHandler.class);
        if (http2 != null && http2.decoder().prefaceReceived()) {
            // From here on such a connection may rest as long as its client says that it is there, with or without
            // heads.
            context.pipeline().remove(this);
            return;
        }
        missed.run();
        if (http2 != null || !mayRefuse()) {
            context.close();
            return;
        }
        refuse(Problem.of(
                408, "head-too-slow", "The head of a request must be here within " + deadline.toSeconds() + " s."));
    }

    /** Whether a client would take an answer for that to its head, and not for one to a request before. */
    boolean mayRefuse() {
        return unanswered == 0;
    }

    /** Answers, past all who would have made a request of it, and ends the connection. */
    void refuse(Problem problem) {
        refused = true;
        stop();
        ChannelHandlerContext context = here;
        if (context != null && !context.isRemoved()) {
            String json = problem.toJson();
            String answer =
                    "HTTP/1.1 " + problem.status() + " " + problem.title() + "\r\nConnection: close\r\nContent-Type: "
                            + Problem.MEDIA_TYPE + "\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
            context.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.US_ASCII));
            context.executor().schedule(() -> context.close(), LINGER.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
