package org.postern.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The suite through its gateway: {@code POST /v1/messages} that waits for the verdict. */
final class WholeSuite implements Target {
    private static final Pattern DISPOSITION = Pattern.compile("\"disposition\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Duration TOKEN_KEPT = Duration.ofMinutes(2);

    private final URI messages;
    private final URI tokens;
    private final String clientSecret;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String token = "";
    private Instant tokenUntil = Instant.MIN;

    WholeSuite(int gateway, int keycloak, String clientSecret) {
        this.messages = URI.create("http://127.0.0.1:" + gateway + "/v1/messages");
        this.tokens = URI.create("http://127.0.0.1:" + keycloak + "/realms/postern/protocol/openid-connect/token");
        this.clientSecret = clientSecret;
    }

    @Override
    public String name() {
        return "suite";
    }

    @Override
    public String decide(byte[] mail) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(messages)
                        .header("Authorization", "Bearer " + token())
                        .header("Content-Type", "message/rfc822")
                        .header("Envelope-From", "carol@example.com")
                        .header("Envelope-To", "alice@example.org")
                        .header("Client-Ip", "192.0.2.10")
                        .header("Client-Helo", "mail.example.com")
                        .header("Prefer", "wait=30")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(mail))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Matcher disposition = DISPOSITION.matcher(answer.body());
        if (answer.statusCode() != 200 || !disposition.find()) {
            throw new IOException("answered " + answer.statusCode());
        }
        return disposition.group(1);
    }

    private synchronized String token() throws IOException, InterruptedException {
        if (Instant.now().isAfter(tokenUntil)) {
            String form = "grant_type=client_credentials&client_id=postern-cli&client_secret="
                    + URLEncoder.encode(clientSecret, StandardCharsets.UTF_8);
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(tokens)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Matcher found = TOKEN.matcher(answer.body());
            if (!found.find()) {
                throw new IOException("no token: the provider answered " + answer.statusCode());
            }
            token = found.group(1);
            tokenUntil = Instant.now().plus(TOKEN_KEPT);
        }
        return token;
    }
}
