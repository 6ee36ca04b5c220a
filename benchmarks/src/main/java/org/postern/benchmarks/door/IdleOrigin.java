package org.postern.benchmarks.door;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A service whose answer to everything is a stream of events in which nothing happens. */
final class IdleOrigin implements AutoCloseable {
    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "8\r\n: here\n\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final ByteBuffer received = ByteBuffer.allocate(16_384);

    IdleOrigin() throws IOException {
        server.bind(new InetSocketAddress("127.0.0.1", 0), 4_096);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        Thread.ofPlatform().name("idle-origin").daemon().start(this::run);
    }

    int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::handle);
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException e) {
            // The run is over.
        }
    }

    private void handle(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel client = server.accept();
                client.configureBlocking(false);
                client.register(selector, SelectionKey.OP_READ);
            } else if (key.channel() instanceof SocketChannel client) {
                int read = client.read(received.clear());
                if (read < 0) {
                    client.close();
                } else if (received.flip().remaining() > 0) {
                    client.write(ByteBuffer.wrap(ANSWER));
                }
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        selector.close();
    }
}
