package org.postern.scan.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.engine.Deadline;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.Body;
import org.postern.scan.wiring.InspectionBeans;

/** Files that nobody of this project made. They are not part of it: without them this says that it was skipped. */
class CorporaTest {
    @TempDir
    Path spool;

    // Looked at once for all tests of this class.
    private static final Map<String, ScanResult> RESULTS = new TreeMap<>();

    private Path corpora;

    @BeforeEach
    void find() {
        String root = System.getProperty("postern.root", "..");
        corpora = Path.of(Optional.ofNullable(System.getenv("POSTERN_CORPORA")).orElse(root + "/../shared/corpora"));
        Assumptions.assumeTrue(java.nio.file.Files.isDirectory(corpora), "skipped: no corpora");
    }

    @Test
    void everyEncryptedFileIsUnscannable() throws Exception {
        Map<String, ScanResult> results = look();

        assertThat(results).hasSizeGreaterThan(200);
        results.forEach((name, result) -> {
            if (name.matches("(?i).*(password|protected|mixedcrypto|encrypted|-enc\\.|owner_user).*")
                    && !name.startsWith("testRFC822")) {
                assertThat(result.unscannable()).as(name).isEqualTo(UnscannableReason.ENCRYPTED);
            }
        });
    }

    @Test
    void everyMacroIsSuspicious() throws Exception {
        look().forEach((name, result) -> {
            if (name.matches("(?i).*macro.*|.*\\.pptm")) {
                assertThat(result.verdict()).as(name).isEqualTo(ScanVerdict.SUSPICIOUS);
                assertThat(result.findings())
                        .as(name)
                        .extracting(ScanFinding::code)
                        .containsAnyOf("macro", "dangerous-type");
            }
        });
    }

    @Test
    void ordinaryFilesAreLeftAlone() throws Exception {
        Map<String, ScanResult> results = look();
        long ordinary =
                results.keySet().stream().filter(CorporaTest::isOrdinary).count();
        List<String> accused = results.entrySet().stream()
                .filter(one -> isOrdinary(one.getKey()))
                .filter(one -> one.getValue().verdict() != ScanVerdict.CLEAN)
                .map(Map.Entry::getKey)
                .toList();

        assertThat(ordinary).isGreaterThan(100);
        // A form with scripts in it, a PDF that is cut off, a document with a VBA project and no macro in its name,
        // and three that hide a program.
        assertThat(accused)
                .containsOnly(
                        "testPDF_XFA_govdocs1_258578.pdf",
                        "testWORD_truncated.docx",
                        "testWORD_no_format.doc",
                        "test_embedded_zip.pptx",
                        "test_pe_object.doc",
                        "test_pe_overlay.png");
    }

    private static boolean isOrdinary(String name) {
        return name.matches("(?i).*\\.(docx?|xlsx?|pptx?|pdf|png|jpg|gif|webp|heic|txt|csv|odt|odp|rtf)")
                && !name.matches("(?i).*(password|protected|encrypted|macro|owner_user).*");
    }

    private Map<String, ScanResult> look() throws Exception {
        if (!RESULTS.isEmpty()) {
            return RESULTS;
        }
        InspectingScanner scanner = new InspectingScanner(
                new MarkScanner(), InspectionBeans.standard(InspectionLimits.defaults(), spool), 1);
        for (String folder : List.of("strelka-fixtures", "tika-docs")) {
            for (Path file : files(corpora.resolve(folder))) {
                String name = String.valueOf(file.getFileName());
                Body body = Body.of(
                        () -> java.nio.file.Files.newInputStream(file), java.nio.file.Files.size(file), name, null);
                RESULTS.put(name, scanner.scan(body, Deadline.in(Duration.ofSeconds(30))));
            }
        }
        return RESULTS;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = java.nio.file.Files.walk(folder)) {
            return files.filter(java.nio.file.Files::isRegularFile).toList();
        }
    }
}
