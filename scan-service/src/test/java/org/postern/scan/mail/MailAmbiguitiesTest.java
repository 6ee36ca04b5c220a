package org.postern.scan.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.engine.Deadline;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.scan.Body;
import org.postern.scan.Scanner;
import org.postern.scan.inspection.InspectingScanner;
import org.postern.scan.inspection.InspectionLimits;
import org.postern.scan.wiring.InspectionBeans;

/**
 * Mails that show a program, or nothing, depending on who reads them. Each folder of {@code ambiguous/} is named after what
 * is to be found in its mails; those in {@code harmless} look a little like them.
 */
class MailAmbiguitiesTest {
    private static final Path MAILS = Path.of("src/test/resources/ambiguous");

    @TempDir
    Path spool;

    static Stream<String> mails() throws IOException {
        try (Stream<Path> files = Files.walk(MAILS)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> MAILS.relativize(file).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("mails")
    void isWhatItsFolderSays(String name) throws Exception {
        String code = name.substring(0, name.indexOf('/'));

        ScanResult result = scan(MAILS.resolve(name));

        if (code.equals("harmless")) {
            assertThat(result.findings()).isEmpty();
            assertThat(result.verdict()).isEqualTo(ScanVerdict.CLEAN);
        } else {
            assertThat(result.findings()).extracting(ScanFinding::code).contains(code);
            assertThat(result.verdict()).isIn(ScanVerdict.SUSPICIOUS, ScanVerdict.UNSCANNABLE);
        }
    }

    @Test
    void readsTheVeryBytes() throws Exception {
        byte[] mail = "Subject: x\r\n\r\na\nb\r\n\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>();

        byte[] read = new WatchedMail(new ByteArrayInputStream(mail), lines::add).readAllBytes();

        assertThat(read).isEqualTo(mail);
        assertThat(lines).containsExactly("Subject: x\r", "\r", "a", "b\r", "\u00e9");
    }

    private ScanResult scan(Path file) throws Exception {
        InspectingScanner scanner = new InspectingScanner(
                new CleanScanner(), InspectionBeans.standard(InspectionLimits.defaults(), spool), 1);
        return scanner.scan(
                Body.mail(() -> Files.newInputStream(file), Files.size(file)), Deadline.in(Duration.ofSeconds(30)));
    }

    /** Finds nothing in anything. */
    private static final class CleanScanner implements Scanner {
        @Override
        public ScanResult scan(Body body, Deadline deadline) throws IOException {
            try (InputStream bytes = body.open()) {
                bytes.transferTo(OutputStream.nullOutputStream());
            }
            return new ScanResult(ScanVerdict.CLEAN, null, null, List.of(), EngineVersion.named("none"), Duration.ZERO);
        }

        @Override
        public String engine() {
            return "none";
        }
    }
}
