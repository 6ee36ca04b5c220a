package org.postern.message.mtahooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** A mail server's side of MTA Hooks: what Stalwart posts, and the rest of HTTP byte by byte. */
public final class HookPeer {
    /** The secret it shows. */
    public static final String SECRET = "correct-horse-battery-staple";

    public static final String BASIC = basic("stalwart:" + SECRET);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final int port;

    public HookPeer(int port) {
        this.port = port;
    }

    static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer: its status and its document. */
    public record Heard(int status, String type, JsonNode document) {
        String code() {
            return document.path("code").asText();
        }

        public String action() {
            return document.path("action").asText();
        }

        /** What the mail server's client is told: {@code 451 4.7.1 ...}. */
        public String reply() {
            JsonNode response = document.path("response");
            return response.path("status").asText() + " "
                    + response.path("enhanced_status").asText() + " "
                    + response.path("message").asText();
        }
    }

    public Heard post(byte[] hook) {
        return sent(hook).join();
    }

    public CompletableFuture<Heard> sent(byte[] hook) {
        return send(request("/mta-hooks").POST(HttpRequest.BodyPublishers.ofByteArray(hook)));
    }

    public HttpRequest.Builder request(String path) {
        return bare(path).header("Authorization", BASIC).header("Content-Type", "application/json");
    }

    HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }

    public CompletableFuture<Heard> send(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(HookPeer::heard);
    }

    private static Heard heard(HttpResponse<String> response) {
        try {
            return new Heard(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection on which the head of a request was sent whose body has, or is to have, so many bytes. */
    public Socket begun(long announced) throws IOException {
        Socket socket = new Socket(Inet4Address.getByName("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("POST /mta-hooks HTTP/1.1\r\nHost: x\r\nAuthorization: " + BASIC + "\r\nContent-Length: "
                                + announced + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** A hook about a message, as Stalwart writes it. */
    public static String hook(String from, String subject, String contents, String... to) {
        var hook = JSON.createObjectNode();
        var context = hook.putObject("context").put("stage", "data");
        context.putObject("client").put("ip", "192.0.2.7").put("helo", "mail.example.com");
        context.putObject("queue").put("id", "1c4f");
        var envelope = hook.putObject("envelope");
        envelope.putObject("from").put("address", from);
        var recipients = envelope.putArray("to");
        for (String recipient : to) {
            recipients.addObject().put("address", recipient);
        }
        var message = hook.putObject("message");
        var headers = message.putArray("headers");
        headers.addArray().add("From").add(" Ann <ann@example.com>\r\n");
        headers.addArray().add("Subject").add(" " + subject + "\r\n");
        message.put("contents", contents).put("size", contents.length());
        return hook.toString();
    }

    static byte[] file(String name) {
        try (InputStream in = HookPeer.class.getResourceAsStream("/mta-hooks/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(byte[] document) {
        try {
            return JSON.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }
}
