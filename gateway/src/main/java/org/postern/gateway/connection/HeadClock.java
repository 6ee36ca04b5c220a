package org.postern.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
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
 * begin a head; {@link DecodedHeads} behind the decoder stops it, and over HTTP/2 {@link FrameHeads}, which needs no decoder.
 * Most heads come whole, and for them it is never started.
 */
final class HeadClock extends ChannelInboundHandlerAdapter {
    /**
     * How long bytes are taken and thrown away after an answer: where some are left unread, closing resets the connection,
     * and a client that is still writing would never see it (RFC 9112, section 9.6).
     */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Duration deadline;
    private final Runnable missed;
    /** Whether a request of HTTP/1.1 had asked for HTTP/2, so that a preface is the first to come. */
    private final boolean upgraded;

    private final FrameHeads frames;
    /** What {@link FrameHeads#completed} was when the clock was started. */
    private long startedAfter;

    private boolean awaitsHead = true;
    private boolean bytesOfHead;
    private boolean refused;
    /** Requests that have not been answered yet. */
    private int unanswered;

    private @Nullable ScheduledFuture<?> running;
    private @Nullable ChannelHandlerContext here;

    /** @param proxy what comes before the first head; null where nothing does */
    HeadClock(Duration deadline, Runnable missed, @Nullable ProxyHeader proxy) {
        this(deadline, missed, new FrameHeads(proxy), false);
    }

    private HeadClock(Duration deadline, Runnable missed, FrameHeads frames, boolean upgraded) {
        this.deadline = deadline;
        this.missed = missed;
        this.frames = frames;
        this.upgraded = upgraded;
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
        if (bytes instanceof ByteBuf buffer) {
            frames.take(buffer);
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (frames.isHttp2() && (!frames.isOpen() || frames.completed() != startedAfter)) {
            stop();
        }
        if (isHeadOpen() && !refused && running == null && !context.isRemoved()) {
            startedAfter = frames.completed();
            running = context.executor().schedule(() -> expired(context), deadline.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private boolean isHeadOpen() {
        return frames.isHttp2() ? frames.isOpen() : awaitsHead && bytesOfHead;
    }

    /** The connection is closed, or was upgraded to HTTP/2, where its preface begins after the answer to that. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
        ChannelPipeline pipeline = context.pipeline();
        if (context.channel().isActive() && !refused) {
            context.executor().execute(() -> {
                if (pipeline.get(Http2ConnectionHandler.class) != null && pipeline.get(HeadClock.class) == null) {
                    pipeline.addFirst(new HeadClock(deadline, missed, new FrameHeads(null), true));
                }
            });
        }
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
        if (http2 != null
                && frames.isOtherProtocol()
                && !upgraded
                && http2.decoder().prefaceReceived()) {
            // Its first bytes were those of TLS behind the PROXY protocol, so that its frames are not followed.
            awaitsHead = false;
            running = null;
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
