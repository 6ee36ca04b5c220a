package org.postern.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postern.gateway.Corpora;
import org.postern.testsupport.OidcProvider;

/**
 * The requests by which the OWASP Core Rule Set tests its families 920, 921 and 922 (protocol enforcement and attack,
 * multipart): those that it wants refused are, the others are passed on once and as they are, and none of them harms the door.
 */
class CoreRuleSetTest {
    private static final int BAD_REQUEST = 400;

    /** White space before the method: skipped by the parser, and nobody behind it sees it. */
    private static final Set<String> HARMLESS = Set.of("920100-2", "920100-12");

    /** Of hundreds of requests: the next answer comes at once or not at all. */
    private static final Duration QUIET = Duration.ofMillis(20);

    @RegisterExtension
    static final GenerousDoor DOOR = new GenerousDoor();

    @Test
    void what_is_to_be_refused_is_and_the_rest_does_no_harm() throws IOException {
        // The first request of a virtual machine takes longer than the next is waited for, which would be blamed for
        // it.
        DOOR.answered(honest(), QUIET);
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (Path file : files()) {
            JsonNode rule = new YAMLMapper().readTree(file.toFile());
            for (JsonNode test : rule.path("tests")) {
                for (JsonNode stage : test.path("stages")) {
                    cases++;
                    check(
                            rule.path("rule_id").asText() + "-"
                                    + test.path("test_id").asText(),
                            stage,
                            wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).isGreaterThan(300);
        assertThat(DOOR.answered(honest(), QUIET))
                .as("an honest request afterwards")
                .startsWith("HTTP/1.1 200");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Corpora.of("crs-tests/tests/regression/tests"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static void check(String name, JsonNode stage, List<String> wrong) throws IOException {
        JsonNode input = stage.path("input");
        GenerousDoor.Sent sent = DOOR.send(bytes(input, name), QUIET);
        List<String> seen = sent.seen();
        String answer = sent.answer();
        boolean asSaid = seen.stream().allMatch(line -> line.matches("(GET|POST|DELETE) /v1/messages/" + name));
        boolean refused = seen.isEmpty() && (answer.isEmpty() || answer.matches("(?s)HTTP/[0-9.]+ (4|501).*|JUNK.*"));
        boolean toBeRefused = stage.path("output").path("status").asInt() == BAD_REQUEST && !HARMLESS.contains(name);
        if (seen.size() > 1 || !asSaid || answer.startsWith("HTTP/1.1 500") || toBeRefused && !refused) {
            wrong.add(name + " -> " + seen + " " + answer.lines().findFirst().orElse("nothing"));
        }
    }

    /** As the rules have it, but to a call that there is, and with a token that is good for it. */
    private static byte[] bytes(JsonNode input, String name) {
        StringBuilder headers = new StringBuilder();
        input.path("headers").properties().forEach(header -> headers.append(header.getKey())
                .append(": ")
                .append(header.getValue().asText())
                .append("\r\n"));
        String data = input.path("data").asText("");
        if (!data.isEmpty()
                && !headers.toString().toLowerCase().contains("content-length")
                && !headers.toString().toLowerCase().contains("transfer-encoding")) {
            headers.append("Content-Length: ")
                    .append(data.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        String uri = input.path("uri")
                .asText("/")
                .replaceFirst("^/(?:get|post|anything)?(?=[?#]|$)", "/v1/messages/" + name);
        return request(
                input.path("method").asText("GET"),
                uri,
                input.path("version").asText("HTTP/1.1"),
                headers.toString(),
                data);
    }

    private static byte[] honest() {
        return request("GET", "/v1/messages/1", "HTTP/1.1", "Host: x\r\n", "");
    }

    private static byte[] request(String method, String uri, String version, String headers, String data) {
        return (method + " " + uri + " " + version + "\r\nAuthorization: Bearer "
                        + OidcProvider.token("mail-submit", "mail-read-all", "quarantine-admin") + "\r\n" + headers
                        + "\r\n" + data)
                .getBytes(StandardCharsets.UTF_8);
    }
}
