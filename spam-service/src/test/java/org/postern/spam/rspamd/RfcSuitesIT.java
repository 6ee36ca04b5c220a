package org.postern.spam.rspamd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postern.events.mail.SenderAuthentication;
import org.postern.testsupport.FreePorts;

/**
 * How the facts about senders compare with the suites of RFC 7208 (SPF) and RFC 8617 (ARC). The suites are not part of the
 * project; where there is no folder {@code POSTERN_CORPORA} (default {@code ../shared/corpora}) nothing is compared. What
 * deviates stands in {@code src/test/resources/suites}, a line each: a new deviation fails, and so does one that is gone.
 */
class RfcSuitesIT {
    private static final Path EXPECTED = Path.of("src/test/resources/suites");
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            // Rspamd takes an offer of another version for the end of the request.
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private static SuiteNames names;
    private static Process rspamd;
    private static URI check;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(corpora()), "skipped: no corpora");
        names = new SuiteNames();
        int port = FreePorts.next();
        check = URI.create("http://127.0.0.1:" + port + "/checkv2");
        Path folder = Files.createTempDirectory("suites");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        // Scenarios have different records of the same names.
        Path override = Files.createDirectories(folder.resolve("etc/override.d"));
        Files.writeString(override.resolve("spf.conf"), "spf_cache_size = 0;\n");
        ProcessBuilder builder =
                new ProcessBuilder(Path.of(System.getProperty("postern.root"), "deploy/local/run-rspamd")
                        .toString());
        builder.environment()
                .putAll(Map.of(
                        "POSTERN_PART_DIR",
                        folder.toString(),
                        "POSTERN_RSPAMD_PORT",
                        Integer.toString(port),
                        "POSTERN_RSPAMD_CONTROLLER_PORT",
                        Integer.toString(FreePorts.next()),
                        "POSTERN_RSPAMD_SHORT_TLDS",
                        "1",
                        "POSTERN_DNS_PORT",
                        Integer.toString(names.port())));
        rspamd = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("rspamd.log").toFile())
                .start();
        Awaitility.await("Rspamd listens").atMost(Duration.ofSeconds(60)).until(() -> listens(port));
    }

    @AfterAll
    static void stop() {
        if (rspamd != null) {
            rspamd.destroy();
            names.close();
        }
    }

    @Test
    void agreesWithTheSuiteOfSpfButForWhatIsListed() throws Exception {
        List<Map<String, Object>> scenarios = read(corpora().resolve("spf-pyspf/rfc7208-tests.yml"));
        Map<String, String> deviations = new TreeMap<>();
        int cases = 0;
        for (Map<String, Object> scenario : scenarios) {
            names.hold(zone(scenario.get("zonedata"), Function.identity()));
            for (Map.Entry<String, Map<String, Object>> entry : tests(scenario).entrySet()) {
                Map<String, Object> test = entry.getValue();
                String told = ask(
                                Map.of(
                                        "IP", String.valueOf(test.get("host")),
                                        "Helo", String.valueOf(test.get("helo")),
                                        "From", sender(test)),
                                "From: <a@postern.invalid>\r\nSubject: x\r\n\r\nx\r\n")
                        .spf()
                        .word();
                List<String> right = alternatives(test.get("result"));
                cases++;
                if (!right.contains(told)) {
                    deviations.put(entry.getKey(), told + " instead of " + String.join(" or ", right));
                }
            }
        }
        compare("spf.txt", cases, deviations);
    }

    @Test
    void agreesWithTheSuiteOfArcButForWhatIsListed() throws Exception {
        List<Map<String, Object>> scenarios =
                read(corpora().resolve("arc-valimail/tests/arc-draft-validation-tests.yml"));
        Map<String, String> deviations = new TreeMap<>();
        int cases = 0;
        for (Map<String, Object> scenario : scenarios) {
            names.hold(zone(scenario.get("txt-records"), value -> List.of(Map.of("TXT", oneLine(value)))));
            for (Map.Entry<String, Map<String, Object>> entry : tests(scenario).entrySet()) {
                String message = String.valueOf(entry.getValue().get("message")).replace("\n", "\r\n");
                String chain = String.valueOf(entry.getValue().get("cv")).toLowerCase(Locale.ROOT);
                // The suite says nothing of a chain that was sealed as failed: it is one that failed.
                String right = chain.isEmpty() ? "fail" : chain;
                cases++;
                String told = message.isBlank()
                        ? "none"
                        : ask(Map.of("IP", "192.0.2.1", "Helo", "relay.invalid", "From", "a@postern.invalid"), message)
                                .arc()
                                .word();
                if (!right.equals(told)) {
                    deviations.put(entry.getKey(), told + " instead of " + right);
                }
            }
        }
        compare("arc.txt", cases, deviations);
    }

    /** Compares with what is listed, and says how large the share is that agrees. */
    private static void compare(String file, int cases, Map<String, String> deviations) throws IOException {
        List<String> found = new ArrayList<>();
        deviations.forEach((name, how) -> found.add(name + ": " + how));
        Path made = Files.createDirectories(Path.of("target/suites")).resolve(file);
        Files.write(made, found);
        List<String> listed = Files.readAllLines(EXPECTED.resolve(file)).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.replaceAll(" {2,}#.*", ""))
                .toList();

        assertThat(cases).as("cases of the suite").isGreaterThan(100);
        assertThat(found)
                .as("%d of %d agree; what was found is in %s", cases - found.size(), cases, made)
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    private static SenderAuthentication ask(Map<String, String> headers, String mail) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(check).POST(HttpRequest.BodyPublishers.ofString(mail, StandardCharsets.UTF_8));
        headers.forEach(request::header);
        HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return SenderFacts.of(RspamdAnswer.parse(response.body()), true);
    }

    private static String sender(Map<String, Object> test) {
        String from = String.valueOf(test.get("mailfrom"));
        return from.isEmpty() ? "<>" : from;
    }

    private static List<String> alternatives(Object result) {
        return (result instanceof List<?> list ? list : List.of(result))
                .stream().map(String::valueOf).toList();
    }

    private static String oneLine(Object value) {
        return String.valueOf(value).replaceAll("\\s*\\n\\s*", "");
    }

    private static Map<String, List<Object>> zone(Object data, Function<Object, Object> entry) {
        Map<String, List<Object>> zone = new LinkedHashMap<>();
        if (data instanceof Map<?, ?> map) {
            map.forEach((name, entries) -> {
                List<Object> records = new ArrayList<>();
                Object given = entry.apply(entries);
                records.addAll(given instanceof List<?> list ? list : List.of(given));
                zone.put(String.valueOf(name).toLowerCase(Locale.ROOT), records);
            });
        }
        return zone;
    }

    private static Map<String, Map<String, Object>> tests(Map<String, Object> scenario) {
        return new YAMLMapper().convertValue(scenario.get("tests"), new TypeReference<>() {});
    }

    private static List<Map<String, Object>> read(Path file) throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        try (MappingIterator<Map<String, Object>> documents =
                yaml.readerFor(new TypeReference<Map<String, Object>>() {}).readValues(file.toFile())) {
            return documents.readAll();
        }
    }

    private static Path corpora() {
        String named = System.getenv("POSTERN_CORPORA");
        return named == null ? Path.of(System.getProperty("postern.root"), "../shared/corpora") : Path.of(named);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
