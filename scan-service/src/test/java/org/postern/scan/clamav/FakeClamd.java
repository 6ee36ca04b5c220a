package org.postern.scan.clamav;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A clamd that does what a test tells it, above all what a real one cannot be made to do. */
final class FakeClamd implements AutoCloseable {
    private static final String EICAR_MARK = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE";

    /** What it does with a stream. */
    enum Reaction {
        /** Reads all, replies, closes. */
        CLOSE,
        /** Reads all, replies, and resets the connection. */
        RESET,
        /** Reads all, replies, and keeps the connection open. */
        HANG,
        /** Replies after the first bytes, and reads no more. */
        EARLY,
        /** Resets the connection after the first bytes. */
        EARLY_RESET,
        /** Stops reading after the first bytes. */
        STOP_READING,
        /** Reads all, and replies a byte at a time. */
        DRIP,
        /** Reads all, and repeats its reply without end. */
        FLOOD
    }

    private final ServerSocket server;
    private final Function<byte[], byte[]> replies;
    private final Reaction reaction;
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

    private FakeClamd(Function<byte[], byte[]> replies, Reaction reaction) throws IOException {
        this.server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.replies = replies;
        this.reaction = reaction;
        Thread.ofVirtual().start(this::accept);
    }

    /** One that finds EICAR and nothing else. */
    static FakeClamd honest() throws IOException {
        return new FakeClamd(
                body -> ascii(
                        new String(body, StandardCharsets.ISO_8859_1).contains(EICAR_MARK)
                                ? "stream: Eicar-Test-Signature FOUND\0"
                                : "stream: OK\0"),
                Reaction.CLOSE);
    }

    /** One that always gives this reply, in this way. */
    static FakeClamd replying(String reply, Reaction reaction) throws IOException {
        return new FakeClamd(body -> ascii(reply), reaction);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The bodies it read to their end. */
    List<byte[]> bodies() {
        return bodies;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            if (command(in).equals("zVERSION")) {
                out.write(ascii("ClamAV 1.4.6/27800/Mon Oct 13 08:00:00 2025\0"));
                return;
            }
            react(in, out, socket);
        } catch (IOException | InterruptedException e) {
            // The other side went away, which is what many of the tests are about.
        }
    }

    private void react(DataInputStream in, OutputStream out, Socket socket) throws IOException, InterruptedException {
        switch (reaction) {
            case EARLY -> {
                in.readInt();
                out.write(replies.apply(new byte[0]));
                Thread.sleep(60_000);
            }
            case EARLY_RESET -> {
                in.readInt();
                socket.setSoLinger(true, 0);
            }
            case STOP_READING -> {
                in.readInt();
                Thread.sleep(60_000);
            }
            case CLOSE, RESET, HANG, DRIP, FLOOD -> afterAll(in, out, socket);
        }
    }

    private void afterAll(DataInputStream in, OutputStream out, Socket socket)
            throws IOException, InterruptedException {
        byte[] body = body(in);
        bodies.add(body);
        byte[] reply = replies.apply(body);
        if (reaction == Reaction.DRIP) {
            for (byte b : reply) {
                out.write(b);
                Thread.sleep(5);
            }
            return;
        }
        do {
            out.write(reply);
        } while (reaction == Reaction.FLOOD);
        if (reaction == Reaction.RESET) {
            socket.setSoLinger(true, 0);
        }
        if (reaction == Reaction.HANG) {
            Thread.sleep(60_000);
        }
    }

    private static String command(DataInputStream in) throws IOException {
        StringBuilder command = new StringBuilder();
        for (int b = in.read(); b > 0; b = in.read()) {
            command.append((char) b);
        }
        return command.toString();
    }

    private static byte[] body(DataInputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            body.write(in.readNBytes(length));
        }
        return body.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
