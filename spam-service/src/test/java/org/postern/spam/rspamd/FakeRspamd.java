package org.postern.spam.rspamd;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An Rspamd that does what a test tells it, above all what a real one cannot be made to do. */
final class FakeRspamd implements AutoCloseable {
    /** What it does with a request. */
    enum Reaction {
        /** Reads all and answers. */
        ANSWER,
        /** Reads all, answers half, closes. */
        HALF,
        /** Reads all, answers half, and keeps the connection open. */
        HALF_AND_HANG,
        /** Reads all and says nothing. */
        HANG,
        /** Reads all and resets the connection. */
        RESET,
        /** Resets the connection without reading the body. */
        EARLY_RESET,
        /** Answers without reading the body. */
        EARLY,
        /** Answers without end. */
        FLOOD,
        /** Answers with status 500. */
        ERROR,
        /** Sends the client elsewhere. */
        REDIRECT,
        /** Closes without an answer. */
        CLOSE
    }

    /** What it was asked. */
    record Asked(String line, List<String> headers, byte[] body) {
        List<String> values(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(header -> header.substring(prefix.length()).strip())
                    .toList();
        }
    }

    private final ServerSocket server;
    private final Function<byte[], byte[]> answers;
    private final Reaction reaction;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    FakeRspamd(Function<byte[], byte[]> answers, Reaction reaction) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.answers = answers;
        this.reaction = reaction;
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    List<Asked> asked() {
        return asked;
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
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            String line = line(in);
            List<String> headers = new ArrayList<>();
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                headers.add(header);
            }
            if (reaction == Reaction.EARLY) {
                respond(out, 200, answers.apply(new byte[0]), Integer.MAX_VALUE);
                Thread.sleep(60_000);
            }
            if (reaction == Reaction.EARLY_RESET) {
                socket.setSoLinger(true, 0);
                return;
            }
            Asked question = new Asked(line, headers, body(in, headers));
            asked.add(question);
            react(socket, out, answers.apply(question.body()));
        } catch (IOException | InterruptedException e) {
            // The other side went away, which is what many of the tests are about.
        }
    }

    private void react(Socket socket, OutputStream out, byte[] answer) throws IOException, InterruptedException {
        switch (reaction) {
            case ANSWER -> respond(out, 200, answer, Integer.MAX_VALUE);
            case ERROR -> respond(out, 500, answer, Integer.MAX_VALUE);
            case REDIRECT -> out.write(ascii("HTTP/1.1 302 Found\r\nLocation: " + url() + "/else\r\n\r\n"));
            case HALF -> respond(out, 200, answer, answer.length / 2);
            case HALF_AND_HANG -> {
                respond(out, 200, answer, answer.length / 2);
                Thread.sleep(60_000);
            }
            case HANG -> Thread.sleep(60_000);
            case RESET -> socket.setSoLinger(true, 0);
            case FLOOD -> {
                out.write(ascii("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
                while (true) {
                    out.write(new byte[64 * 1024]);
                }
            }
            case CLOSE, EARLY, EARLY_RESET -> {}
        }
    }

    private static void respond(OutputStream out, int status, byte[] answer, int most) throws IOException {
        out.write(ascii("HTTP/1.1 " + status + " OK\r\nConnection: close\r\nServer: rspamd/3.4\r\nContent-Length: "
                + answer.length + "\r\nContent-Type: application/json\r\n\r\n"));
        out.write(answer, 0, Math.min(most, answer.length));
        out.flush();
    }

    private static byte[] body(InputStream in, List<String> headers) throws IOException {
        for (String header : headers) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                return in.readNBytes(Integer.parseInt(lower.substring(15).strip()));
            }
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        String size = line(in);
        if (size.isEmpty()) {
            throw new EOFException();
        }
        return Integer.parseInt(size, 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
