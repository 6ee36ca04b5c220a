package org.postern.message.milter;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection to a mail server, as frames. For one thread. */
final class PacketLine implements AutoCloseable {
    /** Longer than any body chunk (64 KiB) and any header that a mail server lets through. */
    static final int LONGEST = 1024 * 1024;

    private static final int LENGTH_BYTES = 4;

    private final SocketChannel channel;
    private final InputStream in;

    /** @param idle how long the mail server may say nothing */
    PacketLine(SocketChannel channel, Duration idle) throws IOException {
        this.channel = channel;
        channel.socket().setSoTimeout(Math.toIntExact(idle.toMillis()));
        channel.socket().setTcpNoDelay(true);
        this.in = new BufferedInputStream(channel.socket().getInputStream());
    }

    /** The next frame; null where the mail server has hung up between two. */
    @Nullable Packet read() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int length = first;
        for (int i = 1; i < LENGTH_BYTES; i++) {
            length = length << Byte.SIZE | next();
        }
        if (length < 1 || length > LONGEST) {
            throw new MalformedPacketException("a frame of a length that no frame has");
        }
        byte code = (byte) next();
        // Grows with what really comes, whatever was announced.
        byte[] data = in.readNBytes(length - 1);
        if (data.length < length - 1) {
            throw new EOFException("the mail server hung up within a frame");
        }
        return new Packet(code, data);
    }

    private int next() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the mail server hung up within a frame");
        }
        return next;
    }

    /** Writes frames, and returns when the system has them all. */
    void write(List<Packet> packets) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Packet packet : packets) {
            out.writeInt(packet.data().length + 1);
            out.writeByte(packet.code());
            out.write(packet.data());
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Whether the mail server has hung up while it was to wait for our answer. */
    boolean isLost() {
        try {
            if (in.available() > 0) {
                // It said something while it was to wait, which is odd, but it is there.
                return false;
            }
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(1)) != 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
