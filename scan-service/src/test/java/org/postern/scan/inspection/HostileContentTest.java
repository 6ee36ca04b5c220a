package org.postern.scan.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import net.lingala.zip4j.model.enums.EncryptionMethod;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.engine.Deadline;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.Severity;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.Body;
import org.postern.scan.Scanner;
import org.postern.scan.wiring.InspectionBeans;

/** Attachments that are made to be called clean, to take for ever, or to take all memory. */
class HostileContentTest {
    private static final String WITH_PASSWORD = "The password is: Sommer-2026!";

    @TempDir
    Path spool;

    private InspectingScanner scanner;

    @BeforeEach
    void open() throws IOException {
        scanner = new InspectingScanner(
                new MarkScanner(), InspectionBeans.standard(InspectionLimits.defaults(), spool), 2);
    }

    static Stream<byte[]> prefixes() {
        return Stream.of("X", "see below\r\n", "%PDF-1.4\n", "\0\0\0\0\0\0\0\0", "GIF89a", "PK\1\1")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("prefixes")
    void an_archive_is_found_whatever_stands_before_it(byte[] prefix) throws Exception {
        byte[] open = Files.zip("invoice.js", "x", "setup.exe", "x");
        byte[] closed = Files.encryptedZip("x", EncryptionMethod.AES, "a.txt", Files.bytes("text"));

        assertThat(mail(Mails.with("a.zip", Files.and(prefix, open))).verdict())
                .isIn(ScanVerdict.SUSPICIOUS, ScanVerdict.UNSCANNABLE);
        assertThat(mail(Mails.with("a.zip", Files.and(prefix, closed))).verdict())
                .isIn(ScanVerdict.SUSPICIOUS, ScanVerdict.UNSCANNABLE);
    }

    @Test
    void an_archive_is_found_with_a_comment_and_with_something_behind_it() throws Exception {
        byte[] zip = Files.and(Files.picture(), Files.zip("a.js", "x"));
        byte[] commented = Files.and(zip, Files.bytes("!"));
        commented[zip.length - 2] = 1;

        assertThat(codes(mail(Mails.with("a.png", commented)))).contains("polyglot");
        assertThat(codes(mail(Mails.with("a.png", Files.and(zip, Files.bytes("behind"))))))
                .contains("polyglot");
    }

    @Test
    void what_only_looks_like_the_end_of_an_archive_is_left_alone() throws Exception {
        byte[] mark = "some text PK\5\6 and more of it that is long enough".getBytes(StandardCharsets.ISO_8859_1);
        byte[] tape = Files.zip("a.txt", "text");

        assertThat(mail(Mails.with("a.bin", mark)).verdict()).isEqualTo(ScanVerdict.CLEAN);
        assertThat(mail(Mails.with("a.zip", Files.zip("inner.zip", tape))).verdict())
                .isEqualTo(ScanVerdict.CLEAN);
    }

    /** The engine tells one finding of a mail: that of the part that was opened hides that of the other. */
    @Test
    void what_stays_closed_is_told_though_something_else_was_opened() throws Exception {
        byte[] opened = Files.encryptedZip("Sommer-2026!", EncryptionMethod.AES, "a.txt", Files.bytes("text"));
        byte[] closed =
                Files.and(Files.bytes("CAB"), Files.encryptedZip("other", EncryptionMethod.AES, "b", new byte[9]));
        InspectingScanner whole = new InspectingScanner(
                new EncryptedWhole(), InspectionBeans.standard(InspectionLimits.defaults(), spool), 2);

        ScanResult both = scan(whole, Mails.with(WITH_PASSWORD, "a.zip", opened, "docs.cab", closed));
        ScanResult one = scan(whole, Mails.with(WITH_PASSWORD, "a.zip", opened, "b.txt", Files.bytes("text")));

        assertThat(both.verdict()).isEqualTo(ScanVerdict.UNSCANNABLE);
        assertThat(both.unscannable()).isEqualTo(UnscannableReason.ENCRYPTED);
        assertThat(one.verdict()).isEqualTo(ScanVerdict.CLEAN);
        assertThat(codes(one)).containsExactly("opened-with-password");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void keys_that_take_for_ever_are_not_tried() throws Exception {
        byte[] archive = Files.sevenZip("Sommer-2026!".toCharArray(), 0x3e);
        String document =
                new String(Files.encryptedDocument("Sommer-2026!", Files.docx("<w:p/>")), StandardCharsets.ISO_8859_1);
        assertThat(document).contains("spinCount=\"100000\"");

        ScanResult sevenZip = mail(Mails.with(WITH_PASSWORD, "a.7z", "application/x-7z-compressed", archive));
        ScanResult office = mail(Mails.with(
                WITH_PASSWORD,
                "a.docx",
                "application/x",
                document.replace("spinCount=\"100000\"", "spinCount=\"999999\"")
                        .getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(sevenZip.unscannable()).isEqualTo(UnscannableReason.ENCRYPTED);
        assertThat(office.unscannable()).isEqualTo(UnscannableReason.ENCRYPTED);
    }

    @Test
    void a_file_in_a_document_is_unpacked_as_it_is_read() throws Exception {
        byte[] pdf = Files.pdfWith("zeros.bin", new Zeros(200 << 20));
        byte[] mail = Mails.with("a.pdf", pdf);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        ScanResult result = mail(mail);

        assertThat(result.unscannable()).isEqualTo(UnscannableReason.BOMB);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated, of 200 MiB that are packed")
                .isLessThan(50 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Type/ObjStm/N 1/First 4", "/Type /Obj#53tm", "/Type/XRef/W[1 2 1]/Size 9"})
    void the_objects_of_a_document_are_not_unpacked_into_memory(String dictionary) throws Exception {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.write(Files.bytes("%PDF-1.5\n1 0 obj<<" + dictionary + "/Filter/FlateDecode>>\nstream\n"));
        try (InputStream zeros = new Zeros(100 << 20);
                DeflaterOutputStream packed = new DeflaterOutputStream(pdf)) {
            zeros.transferTo(packed);
            packed.finish();
        }
        pdf.write(Files.bytes("\nendstream\nendobj\nstartxref\n9\n%%EOF\n"));

        ScanResult result = mail(Mails.with("a.pdf", pdf.toByteArray()));

        assertThat(codes(result)).contains("inspection-memory");
        assertThat(result.unscannable()).isEqualTo(UnscannableReason.LIMIT);
    }

    @Test
    void a_file_in_a_document_is_looked_at() throws Exception {
        byte[] pdf = Files.pdfWith("a.js", new ByteArrayInputStream(Files.bytes("x()")));

        assertThat(codes(mail(Mails.with("a.pdf", pdf)))).contains("pdf-embedded-file", "dangerous-type");
    }

    static Stream<String> documents() {
        String long6 = "x".repeat(6 << 20);
        return Stream.of(
                "<w:p a='" + long6 + "'/>",
                "<w:p a='" + ">".repeat(6 << 20) + "'/>",
                "<!--" + "<x>".repeat(2 << 20) + "-->",
                "<w:t><![CDATA[" + "<x>".repeat(2 << 20) + "]]></w:t>",
                "<?x " + "<x>".repeat(2 << 20) + "?>",
                IntStream.range(0, 21_000).mapToObj(i -> "<a" + i + "/>").collect(Collectors.joining()));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void what_a_parser_would_have_to_hold_is_not_given_to_it(String xml) throws Exception {
        ScanResult result = mail(Mails.with("letter.docx", Files.docx(xml)));

        assertThat(codes(result)).contains("inspection-memory");
        assertThat(result.unscannable()).isEqualTo(UnscannableReason.LIMIT);
    }

    @Test
    void what_is_nested_too_deep_is_not_called_clean() throws Exception {
        String xml = "<a>".repeat(1500) + "</a>".repeat(1500);

        assertThat(mail(Mails.with("letter.docx", Files.docx(xml))).verdict()).isEqualTo(ScanVerdict.UNSCANNABLE);
    }

    @Test
    void a_long_document_is_read() throws Exception {
        ScanResult result = mail(Mails.with("letter.docx", Files.docx("<w:p>Hello</w:p>".repeat(500_000))));

        assertThat(result.verdict()).isEqualTo(ScanVerdict.CLEAN);
    }

    private ScanResult mail(byte[] mail) throws Exception {
        return scan(scanner, mail);
    }

    private static ScanResult scan(Scanner scanner, byte[] mail) throws Exception {
        return scanner.scan(
                Body.mail(() -> new ByteArrayInputStream(mail), mail.length), Deadline.in(Duration.ofSeconds(30)));
    }

    private static List<String> codes(ScanResult result) {
        return result.findings().stream().map(ScanFinding::code).distinct().toList();
    }

    /** Says that something in a whole mail is encrypted, as clamd does, and what of a part by itself. */
    private static final class EncryptedWhole implements Scanner {
        private final MarkScanner parts = new MarkScanner();

        @Override
        public ScanResult scan(Body body, Deadline deadline) throws IOException {
            try (InputStream bytes = body.open()) {
                String head = new String(bytes.readNBytes(5), StandardCharsets.US_ASCII);
                if (!head.equals("From:")) {
                    return parts.scan(body, deadline);
                }
            }
            return new ScanResult(
                    ScanVerdict.UNSCANNABLE,
                    UnscannableReason.ENCRYPTED,
                    null,
                    List.of(new ScanFinding("encrypted", Severity.MEDIUM, "Heuristics.Encrypted.Zip", null)),
                    EngineVersion.named("mark"),
                    Duration.ZERO);
        }

        @Override
        public String engine() {
            return "mark";
        }
    }

    /** Zeros. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long bytes) {
            left = bytes;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(left, length);
            java.util.Arrays.fill(into, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }
    }
}
