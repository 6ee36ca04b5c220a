package org.postern.benchmarks.load;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** The least that decides about a mail: clamd by INSTREAM and Rspamd by {@code /checkv2}, in parallel, by a bare client. */
final class EnginesAlone implements Target {
    private static final int CHUNK = 64 * 1024;
    private static final int TIMEOUT_MILLISECONDS = 30_000;
    private static final Pattern ACTION = Pattern.compile("\"action\"\\s*:\\s*\"([^\"]+)\"");

    private final int clamd;
    private final URI check;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    EnginesAlone(int clamd, int rspamd) {
        this.clamd = clamd;
        this.check = URI.create("http://127.0.0.1:" + rspamd + "/checkv2");
    }

    @Override
    public String name() {
        return "engines";
    }

    @Override
    public String decide(byte[] mail) throws Exception {
        CompletableFuture<HttpResponse<String>> assessed = http.sendAsync(
                HttpRequest.newBuilder(check)
                        .header("IP", "192.0.2.10")
                        .header("Helo", "mail.example.com")
                        .header("From", "carol@example.com")
                        .header("Rcpt", "alice@example.org")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(mail))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String scanned = scan(mail);
        var action = ACTION.matcher(assessed.get().body());
        if (!action.find()) {
            throw new IOException("Rspamd gave no action");
        }
        return scanned + ", " + action.group(1);
    }

    private String scan(byte[] mail) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), clamd)) {
            socket.setSoTimeout(TIMEOUT_MILLISECONDS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
            for (int from = 0; from < mail.length; from += CHUNK) {
                int length = Math.min(CHUNK, mail.length - from);
                out.writeInt(length);
                out.write(mail, from, length);
            }
            out.writeInt(0);
            out.flush();
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return reply.strip().replace("\0", "").replaceFirst("^stream: ", "");
        }
    }
}
