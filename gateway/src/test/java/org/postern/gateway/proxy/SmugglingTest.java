package org.postern.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postern.gateway.limit.Quota;
import org.postern.gateway.limit.Quotas;
import org.postern.testsupport.OidcProvider;

/** Requests that a door and a service could take for different ones: refused, or seen once, as what they say. */
class SmugglingTest {
    private static final Path CORPORA =
            Path.of(System.getenv().getOrDefault("POSTERN_CORPORA", "../../shared/corpora"));

    private static final OidcProvider PROVIDER = new OidcProvider();
    private static final Upstream UPSTREAM = new Upstream();
    private static PlainDoor door;

    @BeforeAll
    static void start() throws Exception {
        PROVIDER.start();
        URI service = URI.create(UPSTREAM.start().get("postern.gateway.services.message"));
        Quota much = Quota.of("10000/60S");
        door = new PlainDoor(service, new Quotas(much, Map.of(), Map.of(), much), Set.of(), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        door.close();
        UPSTREAM.stop();
        PROVIDER.stop();
    }

    @Test
    void a_request_is_refused_or_seen_once_as_what_it_says() throws IOException {
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        try (InputStream file = SmugglingTest.class.getResourceAsStream("/smuggling/requests.txt")) {
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    cases++;
                    check(line, raw(line.replace("@A@", authorization().replace("\r\n", "\\r\\n"))), wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).isGreaterThan(40);
        assertThat(send(raw("GET /v1/messages/1 HTTP/1.1\\r\\nHost: x\\r\\n"
                        + authorization().replace("\r\n", "\\r\\n") + "\\r\\n")))
                .as("an honest request afterwards")
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void the_requests_of_a_collection_are_refused_or_seen_once() throws IOException {
        Path file = CORPORA.resolve("http-smuggling/http_garden_payloads.json");
        assumeTrue(Files.exists(file), "skipped: no corpora");
        List<String> wrong = new ArrayList<>();
        for (JsonNode one : new ObjectMapper().readTree(Files.readAllBytes(file))) {
            byte[] bytes = Base64.getDecoder().decode(one.path("payload_b64").asText());
            String request = new String(bytes, StandardCharsets.ISO_8859_1)
                    .replaceFirst("^(GET|POST) /(?:test|login)? ", "$1 /v1/messages ")
                    .replaceFirst("\r\n", "\r\n" + Matcher.quoteReplacement(authorization()));
            check(one.path("id").asText(), request.getBytes(StandardCharsets.ISO_8859_1), wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private static String authorization() {
        return "Authorization: Bearer " + OidcProvider.token("mail-submit", "mail-read-all") + "\r\n";
    }

    private void check(String name, byte[] request, List<String> wrong) throws IOException {
        Upstream.SEEN.clear();
        String answer = send(request);
        List<String> seen = List.copyOf(Upstream.SEEN);
        boolean asSaid = seen.stream().allMatch(line -> line.matches("(GET|POST) /v1/messages(/[0-9]+)?"));
        if (seen.size() > 1 || !asSaid || answer.contains(" 500 ")) {
            wrong.add(name + " -> " + seen + " " + answer.lines().findFirst().orElse(""));
        }
    }

    /** Sends bytes and reads the answers until the door closes the connection or says no more. */
    private String send(byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", door.at("/").getPort())) {
            socket.setSoTimeout(250);
            socket.getOutputStream().write(request);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketTimeoutException e) {
                // It waits for more, which is its right.
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] raw(String line) {
        String text = line.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0")
                .replace("\\\\", "\\");
        text = text.replace("\\x0b", "\u000b");
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
