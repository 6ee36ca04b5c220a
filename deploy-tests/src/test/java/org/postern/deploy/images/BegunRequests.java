package org.postern.deploy.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Requests whose first half a service has, and whose second half it gets when that is wanted. */
final class BegunRequests implements AutoCloseable {
    /** What is asked of a service. */
    record Upload(String path, String type, String body) {}

    private static final int PATIENCE = 30_000;

    private final List<Socket> sockets = new ArrayList<>();
    private final byte[] second;

    /** Begins {@code count} of them, and returns when the service has read all that there is of each. */
    BegunRequests(int port, String token, Upload upload, int count) throws IOException {
        byte[] body = upload.body().getBytes(StandardCharsets.UTF_8);
        int half = body.length / 2;
        second = Arrays.copyOfRange(body, half, body.length);
        String head = """
                POST %s HTTP/1.1
                Host: 127.0.0.1
                Connection: close
                Authorization: Bearer %s
                Envelope-From: sender@example.com
                Envelope-To: alice@example.org
                Client-Ip: 192.0.2.10
                Content-Type: %s
                Content-Length: %d

                """.replace("\n", "\r\n").formatted(upload.path(), token, upload.type(), body.length);
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket();
            sockets.add(socket);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body, 0, half);
        }
        Instant latest = Instant.now().plus(Duration.ofSeconds(20));
        while (!isAllRead(port)) {
            assertThat(Instant.now()).as("read by the service on port " + port).isBefore(latest);
            Thread.onSpinWait();
        }
    }

    /** Sends what is missing of each, and tells the line that each is answered with; an empty one where it is cut off. */
    List<String> finish() {
        List<String> answers = new ArrayList<>();
        for (Socket socket : sockets) {
            try {
                socket.getOutputStream().write(second);
            } catch (IOException cut) {
                // What was said before shows below.
            }
        }
        for (Socket socket : sockets) {
            try {
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                answers.add(answer.lines().findFirst().orElse(""));
            } catch (IOException cut) {
                answers.add("");
            }
        }
        return answers;
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Whether nothing waits in the queues of the kernel to or from a port: whoever listens there has taken it all. */
    private static boolean isAllRead(int port) throws IOException {
        String local = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+", -1);
                boolean ours = fields[1].endsWith(local) || fields[2].endsWith(local);
                if (ours && !fields[4].equals("00000000:00000000")) {
                    return false;
                }
            }
        }
        return true;
    }
}
