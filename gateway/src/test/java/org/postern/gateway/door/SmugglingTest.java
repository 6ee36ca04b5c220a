package org.postern.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postern.gateway.Corpora;
import org.postern.testsupport.OidcProvider;

/** Requests that a door and a service could take for different ones: refused, or seen once, as what they say. */
class SmugglingTest {
    /** A request that was smuggled may come late. */
    private static final Duration QUIET = Duration.ofMillis(250);

    @RegisterExtension
    static final GenerousDoor DOOR = new GenerousDoor();

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
        assertThat(DOOR.answered(
                        raw("GET /v1/messages/1 HTTP/1.1\\r\\nHost: x\\r\\n"
                                + authorization().replace("\r\n", "\\r\\n") + "\\r\\n"),
                        QUIET))
                .as("an honest request afterwards")
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void the_requests_of_a_collection_are_refused_or_seen_once() throws IOException {
        Path file = Corpora.of("http-smuggling/http_garden_payloads.json");
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
        GenerousDoor.Sent sent = DOOR.send(request, QUIET);
        if (sent.seen().size() > 1) {
            // On a busy machine the request before may have come late. It does not come late twice; a smuggled one
            // does.
            sent = DOOR.send(request, QUIET);
        }
        List<String> seen = sent.seen();
        String answer = sent.answer();
        boolean asSaid = seen.stream().allMatch(line -> line.matches("(GET|POST) /v1/messages(/[0-9]+)?"));
        if (seen.size() > 1 || !asSaid || answer.contains(" 500 ")) {
            wrong.add(name + " -> " + seen + " " + answer.lines().findFirst().orElse(""));
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
