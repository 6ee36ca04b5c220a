package org.postern.benchmarks.door;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Streams of events at the door, in which nothing happens: each on a connection of its own, and those for which the door,
 * which has a connection to the service for each of them too, may not have so many files open, by HTTP/2.
 */
final class Streams implements AutoCloseable {
    private static final int OTHER_FILES = 1_000;
    private static final int OF_A_CONNECTION = 90;
    /** Not all at once: no client opens them so. */
    private static final int TOGETHER = 200;

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String PATH = "/v1/push/events";

    private final List<Socket> sockets = new ArrayList<>();
    private final List<HttpClient> clients = new ArrayList<>();
    private final List<InputStream> byHttp2 = new ArrayList<>();
    private final int port;
    private final String token;
    private int answered;

    private Streams(int port, String token) {
        this.port = port;
        this.token = token;
    }

    /** Opens so many. */
    static Streams open(int port, String token, int count) throws IOException, InterruptedException {
        Streams streams = new Streams(port, token);
        int single = (int) Math.max(0, Math.min(count, mostFiles() - count - OTHER_FILES));
        streams.openSingle(single);
        streams.openByHttp2(count - single);
        return streams;
    }

    private static long mostFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
    }

    private void openSingle(int count) throws IOException {
        byte[] request = ("GET " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        while (sockets.size() < count) {
            int before = sockets.size();
            while (sockets.size() < Math.min(count, before + TOGETHER)) {
                Socket socket = new Socket("127.0.0.1", port);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getOutputStream().write(request);
                sockets.add(socket);
            }
            for (Socket socket : sockets.subList(before, sockets.size())) {
                String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                answered += line.equals("HTTP/1.1 200") ? 1 : 0;
            }
        }
    }

    private void openByHttp2(int count) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATH))
                .header("Authorization", "Bearer " + token)
                .build();
        for (int i = 0; i < count; i++) {
            if (i % OF_A_CONNECTION == 0) {
                clients.add(HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .build());
            }
            // One after the other: the first makes the connection that the others come on.
            HttpResponse<InputStream> stream =
                    clients.getLast().send(request, HttpResponse.BodyHandlers.ofInputStream());
            answered += stream.statusCode() == 200 ? 1 : 0;
            byHttp2.add(stream.body());
        }
    }

    /** How many of them the door has answered by 200. */
    int answered() {
        return answered;
    }

    /** On how many connections they are. */
    int connections() {
        return sockets.size() + clients.size();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        for (InputStream stream : byHttp2) {
            stream.close();
        }
        clients.forEach(HttpClient::shutdownNow);
    }
}
