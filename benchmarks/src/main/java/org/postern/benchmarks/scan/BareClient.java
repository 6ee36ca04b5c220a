package org.postern.benchmarks.scan;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The least that a client of clamd does: connect, send, read the answer. */
final class BareClient {
    private static final int CHUNK = 64 * 1024;
    private static final int TIMEOUT_MILLISECONDS = 180_000;

    private final int port;

    BareClient(int port) {
        this.port = port;
    }

    String scan(InputStream body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLISECONDS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[CHUNK];
            for (int n = body.readNBytes(chunk, 0, CHUNK); n > 0; n = body.readNBytes(chunk, 0, CHUNK)) {
                out.writeInt(n);
                out.write(chunk, 0, n);
            }
            out.writeInt(0);
            out.flush();
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return reply.equals("stream: OK\0") ? "clean" : reply;
        }
    }
}
