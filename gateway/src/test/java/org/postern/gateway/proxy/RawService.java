package org.postern.gateway.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A service that answers each connection's first request by the same bytes, and closes it, or not. */
final class RawService implements AutoCloseable {
    private final ServerSocket server;
    private final byte[] answer;
    private final boolean unending;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** The heads of requests as they came. */
    final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

    RawService(String answer) {
        this(answer, false);
    }

    /** One that leaves its connections open after its answer, as if more were to come. */
    static RawService unending(String answer) {
        return new RawService(answer, true);
    }

    private RawService(String answer, boolean unending) {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        this.unending = unending;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::serve);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                StringBuilder head = new StringBuilder();
                InputStream in = socket.getInputStream();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    head.append((char) b);
                    if (head.indexOf("\r\n\r\n") >= 0) {
                        break;
                    }
                }
                heads.add(head.toString());
                socket.getOutputStream().write(answer);
                if (!unending) {
                    socket.close();
                }
            } catch (IOException e) {
                // The test has ended, or the door wants no more.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
