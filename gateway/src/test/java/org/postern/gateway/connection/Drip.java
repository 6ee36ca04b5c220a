package org.postern.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A client that writes a byte now and then, and never long without one. */
final class Drip implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private final Socket socket;

    Drip(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Writes all of it at once. */
    Drip whole(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Writes it byte by byte, for as long as the other side takes them. */
    Drip slowly(String text, Duration every) {
        Iterator<Byte> bytes = boxed(text).iterator();
        writer.scheduleAtFixedRate(() -> next(bytes), 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void next(Iterator<Byte> bytes) {
        try {
            if (bytes.hasNext()) {
                socket.getOutputStream().write(bytes.next());
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // It was cut, which the answer tells.
            writer.shutdown();
        }
    }

    /** The first line of the next answer; empty where the connection was closed without one. */
    String answer() throws IOException {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\n';
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
        } catch (SocketException e) {
            // Closed while bytes of ours were on their way.
        }
        return line.toString().strip();
    }

    /** The first line behind the headers of an answer whose first line was read. */
    String body() throws IOException {
        String line = answer();
        while (!line.isEmpty()) {
            line = answer();
        }
        return answer();
    }

    /** Reads the rest of an answer that says "0" and nothing else. */
    void skipAnswer() throws IOException {
        String line = answer();
        while (!line.isEmpty()) {
            line = answer();
        }
        assertThat(socket.getInputStream().read()).isEqualTo('0');
    }

    /** Whether so much is said before the connection is closed. */
    boolean until(String text) throws IOException {
        StringBuilder said = new StringBuilder();
        try {
            for (int c = socket.getInputStream().read();
                    c >= 0;
                    c = socket.getInputStream().read()) {
                said.append((char) c);
                if (said.indexOf(text, Math.max(0, said.length() - text.length())) >= 0) {
                    return true;
                }
            }
        } catch (SocketException e) {
            // Closed while bytes of ours were on their way.
        }
        return false;
    }

    private static List<Byte> boxed(String text) {
        List<Byte> bytes = new ArrayList<>();
        for (byte one : text.getBytes(StandardCharsets.ISO_8859_1)) {
            bytes.add(one);
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        writer.shutdownNow();
        socket.close();
    }
}
