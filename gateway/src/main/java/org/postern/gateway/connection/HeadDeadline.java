package org.postern.gateway.connection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.http.HttpObjectEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * A deadline for the head of a request (slowloris). Timeouts between two bytes let a client hold a connection for days by
 * a byte now and then; this one counts from the first byte of a head to the last, and then the connection is closed, by
 * 408 (RFC 9110, section 15.5.9) where no answer is being written. How long a body takes, or a kept connection rests, is
 * nothing to it; a TLS handshake has the deadline of Vert.x, which is 10 s.
 *
 * <p>Neither Quarkus nor Vert.x let anybody put a handler before theirs, but Netty does: it makes this class by
 * {@link java.util.ServiceLoader}, once, where {@link #SWITCH} was set before the first connection of the process. So what
 * it is told and what it counts are static.
 */
public final class HeadDeadline extends ChannelInitializerExtension {
    /** The system property by which Netty looks for classes as this one. */
    public static final String SWITCH = EXTENSIONS_SYSTEM_PROPERTY;

    /** Its value. */
    public static final String ON = "serviceload";

    private static final LongAdder MISSED = new LongAdder();
    private static volatile Duration deadline = Duration.ofSeconds(10);

    /** For {@link java.util.ServiceLoader}. */
    public HeadDeadline() {
        super();
    }

    /** Says how long a head may take, from now on. */
    public static void set(Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("a head of a request needs some time: " + time);
        }
        deadline = time;
    }

    /** How many connections were closed since a head took too long. */
    public static long missed() {
        return MISSED.sum();
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        // Netty runs this after the initializer of Vert.x, which comes before it.
        channel.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel initialized) {
                watch(initialized.pipeline());
            }
        });
    }

    private static void watch(ChannelPipeline pipeline) {
        ProxyHeader proxy = pipeline.get(HAProxyMessageDecoder.class) == null ? null : new ProxyHeader();
        HeadClock clock = new HeadClock(deadline, MISSED::increment, proxy);
        if (pipeline.get("ssl") == null) {
            // Before the handler that keeps the first bytes until it knows which HTTP they are.
            pipeline.addFirst(clock);
        } else {
            // Behind it a connection may rest after its handshake, as browsers open them in advance.
            pipeline.addLast(clock);
        }
        pipeline.addLast(new Installer(clock));
    }

    /** Stands where the codec of HTTP/1.1 will be put behind: with the first bytes that pass it is there. */
    private static final class Installer extends ChannelInboundHandlerAdapter {
        private final HeadClock clock;

        Installer(HeadClock clock) {
            this.clock = clock;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ChannelPipeline pipeline = context.pipeline();
            ChannelHandlerContext encoder = pipeline.context(HttpObjectEncoder.class);
            if (encoder != null) {
                pipeline.addAfter(encoder.name(), null, new DecodedHeads(clock));
            } else if (pipeline.get(Http2ConnectionHandler.class) == null) {
                // What passed was the PROXY protocol, and what it wraps begins behind us.
                pipeline.addLast(new Installer(clock));
            }
            // An upgrade to HTTP/2 removes whoever is still there.
            pipeline.remove(this);
            context.fireChannelRead(bytes);
        }
    }
}
