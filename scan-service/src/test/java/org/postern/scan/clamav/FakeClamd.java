package org.postern.scan.clamav;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** A clamd that does what a test tells it, above all what a real one cannot be made to do. */
final class FakeClamd implements AutoCloseable {
    private static final String EICAR_MARK = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE";
    private static final byte[] MARKER = ByteBuffer.allocate(ClamdVersions.MARKER.length() + Integer.BYTES)
            .putInt(ClamdVersions.MARKER.length())
            .put(ascii(ClamdVersions.MARKER))
            .array();

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
    private volatile String version = "ClamAV 1.4.6/27800/Mon Oct 13 08:00:00 2025";
    private volatile Supplier<String> before = () -> told(1);
    private volatile Supplier<String> after = () -> told(3);
    private volatile String set = "OK";

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
                                ? "2: stream: Eicar-Test-Signature FOUND\0"
                                : "2: stream: OK\0"),
                Reaction.CLOSE);
    }

    /** One that always gives this reply, in this way. */
    static FakeClamd replying(String reply, Reaction reaction) throws IOException {
        return new FakeClamd(body -> ascii(reply), reaction);
    }

    /** What it says of its version before a mail from now on, with number and terminator. */
    void before(String line) {
        this.before = () -> line;
    }

    /** What it says of its version after a mail from now on, with number and terminator. */
    void after(String line) {
        this.after = () -> line;
    }

    private String told(int number) {
        return number + ": " + version + "\0";
    }

    /** What it tells of its version from now on. */
    void version(String version) {
        this.version = version;
    }

    /** What it tells of signatures beside its own database from now on. */
    void set(String word) {
        this.set = "Postern.Set." + word + ".UNOFFICIAL FOUND";
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
            PushbackInputStream begin = new PushbackInputStream(socket.getInputStream(), MARKER.length);
            DataInputStream in = new DataInputStream(begin);
            OutputStream out = socket.getOutputStream();
            require(in, "zIDSESSION", "zVERSION", "zINSTREAM");
            boolean aboutTheSet = isAboutTheSet(begin);
            out.write(ascii(aboutTheSet ? told(1) : before.get()));
            if (aboutTheSet) {
                require(in, "\0\0\0");
                out.write(ascii("2: stream: " + set + "\0"));
                require(in, "zVERSION", "zEND");
                out.write(ascii(told(3)));
                return;
            }
            react(in, out, socket);
        } catch (IOException | InterruptedException e) {
            // The other side went away, which is what many of the tests are about.
        }
    }

    /** That question it always answers; it misbehaves about mails. */
    private static boolean isAboutTheSet(PushbackInputStream in) throws IOException {
        byte[] length = in.readNBytes(Integer.BYTES);
        if (!Arrays.equals(length, Arrays.copyOf(MARKER, Integer.BYTES))) {
            in.unread(length);
            return false;
        }
        byte[] text = in.readNBytes(MARKER.length - Integer.BYTES);
        boolean same = Arrays.equals(text, Arrays.copyOfRange(MARKER, Integer.BYTES, MARKER.length));
        if (!same) {
            in.unread(text);
            in.unread(length);
        }
        return same;
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
        } else {
            out.write(reply);
        }
        while (reaction == Reaction.FLOOD) {
            out.write(reply);
        }
        if (reaction == Reaction.RESET) {
            socket.setSoLinger(true, 0);
        }
        // Nobody asks for it after half an answer.
        if (reply.length > 0 && reply[reply.length - 1] < ' ' && reaction != Reaction.RESET) {
            require(in, "zVERSION", "zEND");
            out.write(ascii(after.get()));
        }
        if (reaction == Reaction.HANG) {
            Thread.sleep(60_000);
        }
    }

    private static void require(DataInputStream in, String... commands) throws IOException {
        for (String command : commands) {
            byte[] wanted = ascii(command + "\0");
            if (!Arrays.equals(in.readNBytes(wanted.length), wanted)) {
                throw new IOException("not " + command);
            }
        }
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
