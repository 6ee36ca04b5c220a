package org.postern.render.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that answers everything itself: what was put there from there, and nothing to the rest, which it notes. Nothing
 * gets past it to any network.
 */
public final class CatchAllProxy implements AutoCloseable {
    /** The host of what was put there. */
    public static final String OWN = "harness.test";

    /** An answer. */
    public record Answer(String headers, byte[] body) {
        static Answer html(String html) {
            return new Answer(
                    "Content-Type: text/html; charset=utf-8\r\nReferrer-Policy: unsafe-url\r\n",
                    html.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final Pattern MAKER =
            Pattern.compile("(?:https?://)?(?:[a-z0-9-]+\\.)*(?:google|googleapis|gvt1|gstatic)\\.com[:/]");

    private final ServerSocket server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> strangers = new CopyOnWriteArrayList<>();

    public CatchAllProxy() throws IOException {
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What to answer under an address. */
    public void put(String url, Answer answer) {
        answers.put(url, answer);
    }

    /** What was asked for and had not been put there, each with the page that asked. */
    public List<String> strangers() {
        return List.copyOf(strangers);
    }

    public void forget() {
        strangers.clear();
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
            socket.setSoTimeout(10_000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String request = in.readLine();
            String referrer = "";
            String line = request == null ? null : in.readLine();
            while (line != null && !line.isEmpty()) {
                if (line.regionMatches(true, 0, "referer:", 0, 8)) {
                    referrer = line.substring(8).strip();
                }
                line = in.readLine();
            }
            if (request != null) {
                answer(request.split(" "), referrer, socket.getOutputStream());
            }
        } catch (IOException e) {
            // The browser went away.
        }
    }

    private void answer(String[] request, String referrer, OutputStream out) throws IOException {
        String url = request.length > 1 ? request[1] : "";
        Answer answer = find(url);
        String status = "200 OK";
        if (answer == null) {
            if (isForeign(url, referrer)) {
                strangers.add(request[0] + " " + url + " from " + referrer);
            }
            status = "404 Not Found";
            answer = new Answer("Content-Type: text/plain\r\n", new byte[0]);
        }
        String head = "HTTP/1.1 " + status + "\r\n" + answer.headers() + "Content-Length: " + answer.body().length
                + "\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(answer.body());
        out.flush();
    }

    private @Nullable Answer find(String url) {
        Answer exact = answers.get(url);
        return exact != null ? exact : answers.get(url.replaceFirst("[?#].*$", ""));
    }

    /** Chromium asks for an icon by itself, and its maker for updates: for no page, so without a referrer. */
    private static boolean isForeign(String url, String referrer) {
        boolean itself = referrer.isEmpty() && MAKER.matcher(url).lookingAt();
        return !url.endsWith("/favicon.ico") && !itself;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
