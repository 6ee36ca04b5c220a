package org.postern.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import org.jspecify.annotations.Nullable;

/**
 * Follows the bytes of a connection of HTTP/2 from its preface on, or from what a proxy says before that (RFC 9113, sections 3.4 and 4.1), only to know whether
 * something that must not take long has begun and is not there yet: the preface, the nine bytes before what a frame carries,
 * or a head, which is a HEADERS frame and those that continue it. It judges nothing; the codec behind it does.
 */
final class FrameHeads {
    private static final byte[] PREFACE = preface();
    private static final int TYPE_AT = 3;
    private static final int FLAGS_AT = 4;

    private final @Nullable ProxyHeader proxy;
    private int prefaceSeen;
    private boolean otherProtocol;

    /** How many of the nine bytes before what the next frame carries have come. */
    private int headerSeen;

    private int length;
    private byte type;
    private byte flags;
    private int payloadLeft;
    private boolean headOpen;
    private long completed;

    /** @param proxy what comes before; null where nothing does */
    FrameHeads(@Nullable ProxyHeader proxy) {
        this.proxy = proxy;
    }

    private static byte[] preface() {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        byte[] bytes = new byte[preface.readableBytes()];
        preface.getBytes(preface.readerIndex(), bytes);
        preface.release();
        return bytes;
    }

    /** Looks at more bytes, and leaves them as they are. */
    void take(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex() && !otherProtocol) {
            if (proxy != null && !proxy.isHere()) {
                proxy.take(bytes.getByte(at++));
            } else if (prefaceSeen < PREFACE.length) {
                otherProtocol = bytes.getByte(at++) != PREFACE[prefaceSeen++];
                completed += isHttp2() ? 1 : 0;
            } else if (payloadLeft > 0) {
                int part = Math.min(payloadLeft, bytes.writerIndex() - at);
                at += part;
                payloadLeft -= part;
                endFrameIfAllIsHere();
            } else {
                header(bytes.getByte(at++));
            }
        }
    }

    private void header(byte next) {
        if (headerSeen < TYPE_AT) {
            length = length << Byte.SIZE | next & 0xff;
        } else if (headerSeen == TYPE_AT) {
            type = next;
        } else if (headerSeen == FLAGS_AT) {
            flags = next;
        }
        headerSeen++;
        if (headerSeen == Http2CodecUtil.FRAME_HEADER_LENGTH) {
            headOpen |= carriesHead();
            payloadLeft = length;
            length = 0;
            headerSeen = 0;
            if (!headOpen) {
                completed++;
            }
            endFrameIfAllIsHere();
        }
    }

    private boolean carriesHead() {
        return type == Http2FrameTypes.HEADERS || type == Http2FrameTypes.CONTINUATION;
    }

    private void endFrameIfAllIsHere() {
        if (payloadLeft == 0 && headOpen && carriesHead() && new Http2Flags(flags).endOfHeaders()) {
            headOpen = false;
            completed++;
        }
    }

    /** Whether the first bytes were not those of HTTP/2; nothing is known of what follows then. */
    boolean isOtherProtocol() {
        return otherProtocol;
    }

    /** Whether it is HTTP/2, by all of its preface. */
    boolean isHttp2() {
        return !otherProtocol && prefaceSeen == PREFACE.length;
    }

    /** Whether something has begun that must not take long. */
    boolean isOpen() {
        return headerSeen > 0 || headOpen || prefaceSeen > 0 && !isHttp2() && !otherProtocol;
    }

    /** How often what had begun was there: where it has grown, that which is open is another one. */
    long completed() {
        return completed;
    }
}
