package org.postern.scan.clamav;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.engine.Deadline;
import org.postern.events.mail.ScanResult;
import org.postern.scan.Body;
import org.postern.scan.clamav.FakeClamd.Reaction;

/** Each file of {@code replies/} is a reply of clamd, how it comes, and what is to be made of it; with other versions than usual
 * {@code before} or {@code after} the stream where it has such lines. */
class ClamdRepliesTest {
    private static final Path CASES = Path.of("src/test/resources/replies");
    /** More than the buffers between two sockets hold, so that a writer notices when nobody reads. */
    private static final byte[] LARGE = new byte[16 * 1024 * 1024];

    private static final byte[] SMALL = new byte[100_000];
    private static final Set<Reaction> BEFORE_THE_END =
            Set.of(Reaction.EARLY, Reaction.EARLY_RESET, Reaction.STOP_READING);
    private static final Set<Reaction> SILENT = Set.of(Reaction.HANG, Reaction.STOP_READING);

    private static Vertx vertx;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString().replace(".txt", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesToWhatItsFileSays(String name) throws Exception {
        Map<String, String> lines = lines(name);
        Reaction reaction = Reaction.valueOf(
                lines.get("then").strip().toUpperCase(Locale.ROOT).replace('-', '_'));

        try (FakeClamd clamd = FakeClamd.replying(bytes(lines.get("reply")), reaction)) {
            if (lines.containsKey("before")) {
                clamd.before(bytes(lines.get("before")));
            }
            if (lines.containsKey("after")) {
                clamd.after(bytes(lines.get("after")));
            }
            Duration patience = SILENT.contains(reaction) ? Duration.ofMillis(400) : Duration.ofSeconds(3);
            byte[] body = BEFORE_THE_END.contains(reaction) ? LARGE : SMALL;
            ScanResult result = ClamAvScannerTest.scannerAt(vertx, clamd.port(), patience)
                    .scan(Body.of(body), Deadline.in(patience));

            assertThat(told(result)).isEqualTo(lines.get("expect").strip());
        }
    }

    private static String bytes(String escaped) {
        return escaped.replace("\\0", "\0").replace("\\n", "\n");
    }

    private static String told(ScanResult result) {
        StringJoiner words = new StringJoiner(" ").add(result.verdict().word());
        if (result.unscannable() != null) {
            words.add(result.unscannable().word());
        }
        if (result.inconclusive() != null) {
            words.add(result.inconclusive().word());
        }
        result.findings().forEach(finding -> {
            words.add(finding.code());
            if (finding.signature() != null) {
                words.add(finding.signature());
            }
        });
        return words.toString();
    }

    private static Map<String, String> lines(String name) throws IOException {
        return Files.readAllLines(CASES.resolve(name + ".txt")).stream()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts.length > 1 ? parts[1] : ""));
    }
}
