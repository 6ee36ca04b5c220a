package org.postern.gateway.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import org.postern.edge.problem.Problem;

/**
 * Sees the requests of a connection once they are decoded, and their answers before they are encoded. A head that could
 * not be decoded is answered here: Vert.x would say no more than the status.
 */
final class DecodedHeads extends ChannelDuplexHandler {
    private final HeadClock clock;
    private boolean interim;

    DecodedHeads(HeadClock clock) {
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object decoded) {
        if (decoded instanceof HttpRequest request) {
            if (request.decoderResult().isFailure() && clock.mayRefuse()) {
                ReferenceCountUtil.release(decoded);
                clock.refuse(problem(request.decoderResult().cause()));
                return;
            }
            clock.headIsHere();
        }
        if (decoded instanceof LastHttpContent) {
            clock.requestIsHere();
        }
        context.fireChannelRead(decoded);
    }

    private static Problem problem(Throwable cause) {
        if (cause instanceof TooLongHttpHeaderException) {
            return Problem.of(431, "headers-too-large", "The headers are too large, one of them or all together.");
        }
        if (cause instanceof TooLongHttpLineException) {
            return Problem.of(414, "address-too-long", "The address of the request is too long.");
        }
        return Problem.of(400, "request-malformed", "This is not a request of HTTP/1.1 (RFC 9112).");
    }

    @Override
    public void write(ChannelHandlerContext context, Object answer, ChannelPromise promise) {
        if (answer instanceof HttpResponse head) {
            // 100 Continue: the answer is still to come.
            interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        if (answer instanceof LastHttpContent && !interim) {
            clock.answered();
        }
        context.write(answer, promise);
    }
}
