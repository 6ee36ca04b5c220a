package org.postern.scan.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postern.events.mail.ScanVerdict.CLEAN;
import static org.postern.events.mail.ScanVerdict.INFECTED;
import static org.postern.events.mail.ScanVerdict.SUSPICIOUS;
import static org.postern.events.mail.ScanVerdict.UNSCANNABLE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.lingala.zip4j.model.enums.EncryptionMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.engine.Deadline;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.ScannedPart;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.Body;
import org.postern.scan.wiring.InspectionBeans;

class InspectingScannerTest {
    @TempDir
    Path spool;

    private Scan scan;

    @BeforeEach
    void open() throws IOException {
        scan = new Scan(InspectionLimits.defaults());
    }

    @AfterEach
    void leavesNothingBehind() throws IOException {
        try (Stream<Path> left = java.nio.file.Files.list(spool)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void callsOrdinaryAttachmentsClean() throws Exception {
        assertClean("letter.docx", Files.docx("<w:p>Hello</w:p>"));
        assertClean("letter.pdf", Files.pdf(false, "", ""));
        assertClean("restricted.pdf", Files.pdf(false, "", "owner"));
        assertClean("picture.png", Files.picture());
        assertClean("archive.zip", Files.zip("a.txt", "text", "dir/b.csv", "1,2"));
        assertClean("archive.7z", Files.sevenZip(null, "a.txt", Files.bytes("text")));
        assertClean("notes.txt.gz", Files.gzip(Files.bytes("text")));
        assertClean("invite.ics", Files.bytes("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"));
        assertClean("page.html", Files.bytes("<!doctype html><html><body><p>Hello</p></body></html>"));
        assertClean("old.doc", Files.ole("ObjectPool"));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/inspection/names.csv", ignoreLeadingAndTrailingWhitespace = false)
    void readsNames(String name, String finding) throws Exception {
        ScanResult result = scan.mail(Mails.with(unescaped(name), Files.bytes("text")));

        if (finding.equals("none")) {
            assertThat(result.findings()).isEmpty();
        } else {
            assertThat(result.findings()).extracting(ScanFinding::code).contains(finding);
            assertThat(result.verdict()).isEqualTo(SUSPICIOUS);
        }
    }

    private static String unescaped(String name) {
        return name.replace("\\u202E", "\u202e").replace("\\u200B", "\u200b");
    }

    @Test
    void tellsEveryPartWithItsPlaceTypeSizeAndHash() throws Exception {
        byte[] zip = Files.zip("invoice.js", "alert(1)", "sub/ok.txt", "text");

        ScanResult result = scan.mail(Mails.with("see", "archive.zip", "application/zip", zip));

        assertThat(result.verdict()).isEqualTo(SUSPICIOUS);
        assertThat(result.findings().getFirst().part()).isEqualTo("2/archive.zip/invoice.js");
        assertThat(parts(result))
                .extracting(ScannedPart::path)
                .containsExactlyInAnyOrder("1", "2", "2/archive.zip/invoice.js", "2/archive.zip/sub/ok.txt");
        ScannedPart attached = part(result, "2");
        assertThat(attached.name()).isEqualTo("archive.zip");
        assertThat(attached.declaredType()).isEqualTo("application/zip");
        assertThat(attached.detectedType()).isEqualTo("application/zip");
        assertThat(attached.size()).isEqualTo(zip.length);
        assertThat(attached.sha256()).isNotNull();
    }

    @Test
    void findsTheProgramBehindTheNameOfAPicture() throws Exception {
        ScanResult result = scan.mail(Mails.with("holiday.jpg", Files.program()));

        assertThat(codes(result)).contains("type-lies", "dangerous-type");
        assertThat(result.verdict()).isEqualTo(SUSPICIOUS);
    }

    @Test
    void noticesWhatIsHungOnPictures() throws Exception {
        byte[] rar = {'R', 'a', 'r', '!', 0x1a, 7, 1, 0};

        assertThat(codes(scan.mail(Mails.with("holiday.png", Files.and(Files.picture(), Files.program())))))
                .contains("polyglot");
        assertThat(codes(scan.mail(Mails.with("holiday.png", Files.and(Files.picture(), rar)))))
                .contains("polyglot");
        assertThat(codes(scan.mail(Mails.with("holiday.bmp", Files.and(Files.bitmap(), Files.program())))))
                .contains("polyglot");
        assertThat(codes(scan.mail(Mails.with("holiday.bmp", Files.and(Files.bitmap(), Files.bytes("<SCRIPT>x"))))))
                .contains("polyglot");
    }

    @Test
    void leavesPicturesAlone() throws Exception {
        assertClean("picture.bmp", Files.bitmap());
        assertClean("padded.png", Files.and(Files.picture(), new byte[100]));
        assertClean("padded.bmp", Files.and(Files.bitmap(), Files.bytes("made by a camera")));
    }

    @Test
    void findsAnArchiveBehindAPicture() throws Exception {
        byte[] polyglot = Files.and(Files.picture(), Files.zip("a.txt", "text"));

        assertThat(codes(scan.mail(Mails.with("holiday.png", polyglot)))).containsExactly("polyglot");
    }

    @Test
    void findsWhatDocumentsDoByThemselves() throws Exception {
        assertFound("letter.docx", docxWith("attachedTemplate", "http://192.0.2.1/t.dotm"), "external-template");
        assertFound("letter.docx", docxWith("oleObject", "https://example.org/x.html"), "external-object");
        assertThat(scan.mail(Mails.with("letter.docx", docxWith("hyperlink", "https://example.org/")))
                        .verdict())
                .isEqualTo(CLEAN);
        assertFound(
                "letter.docx",
                Files.docx("<w:r><w:fldChar/><w:instrText> DD</w:instrText></w:r><w:r><w:instrText>EAUTO c:\\\\x"
                        + "</w:instrText></w:r>"),
                "dde");
        assertFound("sheet.xlsx", Files.docx("", "xl/vbaProject.bin", Files.ole("VBA")), "macro");
        assertFound("sheet.xlsx", Files.docx("", "xl/macrosheets/sheet1.xml", "<x/>"), "macro");
        assertFound("sheet.xls", Files.ole("_VBA_PROJECT_CUR"), "macro");
        assertFound("form.pdf", Files.pdf(true, "", ""), "pdf-javascript");
    }

    private static byte[] docxWith(String type, String target) throws IOException {
        return Files.docx("<w:p>Hello</w:p>", "word/_rels/document.xml.rels", Files.relationship(type, target));
    }

    @Test
    void findsWhatAttachedPagesDo() throws Exception {
        assertFound("a.html", Files.bytes("<html><SCRIPT>x()</SCRIPT></html>"), "html-script");
        assertFound("a.html", "<html><script>x()</script></html>".getBytes(StandardCharsets.UTF_16LE), "html-script");
        assertFound("a.html", Files.bytes("<form><input type = 'password'></form>"), "html-password-form");
        assertFound("a.html", Files.bytes("<script>URL.createObjectURL(b)</script>"), "html-smuggling");
        assertFound(
                "a.svg",
                Files.bytes("<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>"),
                "svg-script");
    }

    @Test
    void looksIntoMailsInsideMails() throws Exception {
        byte[] inner = Mails.with("run.vbs", Files.bytes("x"));
        byte[] middle = Mails.with("see", "fwd.eml", "message/rfc822", inner);

        ScanResult result = scan.mail(Mails.with("see", "fwd.eml", "message/rfc822", middle));

        assertThat(result.findings().getFirst().part()).isEqualTo("2/fwd.eml/2/fwd.eml/2");
    }

    @Test
    void stopsAtBombs() throws Exception {
        byte[] zeros = new byte[30 * 1024 * 1024];
        assertUnscannable("bomb.gz", Files.gzip(zeros), UnscannableReason.BOMB);
        assertUnscannable("bomb.zip", Files.zip("a", zeros), UnscannableReason.BOMB);
        assertUnscannable("overlap.zip", Files.overlappingZip(), UnscannableReason.BOMB);
    }

    @Test
    void stopsAtItsOtherLimits() throws Exception {
        byte[] nested = Files.zip("a.txt", "text");
        for (int i = 0; i < 15; i++) {
            nested = Files.zip("n.zip", nested);
        }
        assertUnscannable("nested.zip", nested, UnscannableReason.TOO_DEEP);

        Scan small =
                new Scan(new InspectionLimits(12, 50, 10, 1_000_000, 200, 10_000_000, 1000, Duration.ofSeconds(9)));
        Object[] many = new Object[200];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = i + ".txt";
            many[i + 1] = "text";
        }
        assertThat(small.mail(Mails.with("many.zip", Files.zip(many))).unscannable())
                .isEqualTo(UnscannableReason.LIMIT);
        assertThat(small.mail(Mails.with("large.bin", new byte[1_100_000])).unscannable())
                .isEqualTo(UnscannableReason.BOMB);
    }

    @Test
    void saysWhatItCannotLookInto() throws Exception {
        assertUnscannable(
                "a.7z", Files.sevenZip("x9".toCharArray(), "a", Files.bytes("t")), UnscannableReason.ENCRYPTED);
        assertUnscannable("a.pdf", Files.pdf(false, "user", "owner"), UnscannableReason.ENCRYPTED);
        assertUnscannable("a.docx", Files.encryptedDocument("x9", Files.docx("<w:p/>")), UnscannableReason.ENCRYPTED);
        byte[] zip = Files.zip("a.txt", "some text that is longer");
        assertUnscannable("cut.zip", java.util.Arrays.copyOf(zip, zip.length - 30), UnscannableReason.MALFORMED);
        assertUnscannable("a.rar", rar(false), UnscannableReason.UNSUPPORTED);
        assertUnscannable("a.rar", rar(true), UnscannableReason.ENCRYPTED);
    }

    @Test
    void tellsARarOfTheFifthVersionWhoseHeadersOrFilesAreEncrypted() throws Exception {
        byte[] signature = {'R', 'a', 'r', '!', 0x1a, 7, 1, 0};
        // After a checksum: the size, the type 4 (encryption of all headers that follow), and what is not looked at.
        byte[] headers = {0, 0, 0, 0, 5, 4, 0, 0, 0, 0};
        // The main header, and that of a file whose extra area has a record of type 1 (encryption).
        byte[] files = {0, 0, 0, 0, 3, 1, 0, 0, 0, 0, 0, 0, 13, 2, 1, 3, 0, 5, 0, 0, 0, 1, 'a', 2, 1, 0};
        byte[] open = {0, 0, 0, 0, 3, 1, 0, 0, 0, 0, 0, 0, 10, 2, 0, 0, 5, 0, 0, 0, 1, 'a', 0, 0};

        assertUnscannable("a.rar", Files.and(signature, headers), UnscannableReason.ENCRYPTED);
        assertUnscannable("a.rar", Files.and(signature, files), UnscannableReason.ENCRYPTED);
        assertUnscannable("a.rar", Files.and(signature, open), UnscannableReason.UNSUPPORTED);
    }

    private static byte[] rar(boolean encrypted) {
        byte[] head = {
            'R', 'a', 'r', '!', 0x1a, 7, 0, 0, 0, 0x73, (byte) (encrypted ? 0x80 : 0), 0, 13, 0, 0, 0, 0, 0, 0, 0
        };
        return java.util.Arrays.copyOf(head, head.length);
    }

    @ParameterizedTest
    @EnumSource(names = {"AES", "ZIP_STANDARD"})
    void opensWhatTheMailHasThePasswordOf(EncryptionMethod method) throws Exception {
        byte[] harmless = Files.encryptedZip("Sommer-2026!", method, "a.txt", Files.bytes("text"));
        byte[] infected = Files.encryptedZip("Sommer-2026!", method, "a.txt", Files.bytes(MarkScanner.MARK));
        String text = "Hello,\nthe password is: Sommer-2026!\nRegards";

        ScanResult clean = scan.mail(Mails.with(text, "a.zip", "application/zip", harmless));
        ScanResult found = scan.mail(Mails.with(text, "a.zip", "application/zip", infected));
        ScanResult closed = scan.mail(Mails.with("no word of it", "a.zip", "application/zip", harmless));

        assertThat(clean.verdict()).isEqualTo(CLEAN);
        assertThat(codes(clean)).containsExactly("opened-with-password");
        assertThat(found.verdict()).isEqualTo(INFECTED);
        assertThat(found.findings().getFirst().part()).isEqualTo("2/a.zip/a.txt");
        assertThat(closed.unscannable()).isEqualTo(UnscannableReason.ENCRYPTED);
        assertThat(clean.toString() + found).doesNotContain("Sommer");
    }

    @Test
    void opensOtherFormatsWithTheirPasswordsToo() throws Exception {
        String text = "Das Passwort lautet \"x9-y8\".";
        byte[] sevenZip = Files.sevenZip("x9-y8".toCharArray(), "a.js", Files.bytes("x"));
        byte[] document = Files.encryptedDocument("x9-y8", docxWith("attachedTemplate", "http://192.0.2.1/t"));
        byte[] everybody = Files.encryptedDocument("VelvetSweatshop", Files.docx("<w:p/>"));
        byte[] pdf = Files.pdf(true, "x9-y8", "owner");

        assertThat(codes(scan.mail(Mails.with(text, "a.7z", "application/x-7z-compressed", sevenZip))))
                .contains("opened-with-password", "dangerous-type");
        assertThat(codes(scan.mail(Mails.with(text, "a.docx", "application/x", document))))
                .contains("opened-with-password", "external-template");
        assertThat(codes(scan.mail(Mails.with("see", "a.xlsx", "application/x", everybody))))
                .contains("default-password");
        assertThat(codes(scan.mail(Mails.with(text, "a.pdf", "application/pdf", pdf))))
                .contains("pdf-javascript");
    }

    @Test
    void namesTheInfectedPart() throws Exception {
        byte[] stored = Files.zip("clean.txt", "text");

        ScanResult attached = scan.mail(Mails.with("see", "a.txt", "text/plain", Files.bytes(MarkScanner.MARK)));
        ScanResult whole = scan.file("a.bin", Files.bytes(MarkScanner.MARK));
        ScanResult beside = scan.file("a.zip", Files.and(Files.bytes(MarkScanner.MARK), stored));

        // The engine of this test finds nothing in base64: it finds the part only when it has it by itself.
        assertThat(attached.verdict()).isEqualTo(CLEAN);
        assertThat(whole.verdict()).isEqualTo(INFECTED);
        assertThat(whole.findings().getFirst().part()).isEqualTo("a.bin");
        assertThat(beside.verdict()).isEqualTo(INFECTED);
    }

    @Test
    void letsASignatureWeighMoreThanEverythingElse() throws Exception {
        byte[] both = Files.and(Files.program(), Files.bytes(MarkScanner.MARK));

        ScanResult result = scan.file("a.pdf.exe", both);

        assertThat(result.verdict()).isEqualTo(INFECTED);
        assertThat(result.findings().getFirst().code()).isEqualTo("virus");
        assertThat(codes(result)).contains("double-extension", "dangerous-type");
    }

    @Test
    void passesTheExceptionOfABodyOnUnchanged() {
        IOException own = new IOException("the store is away");
        Body broken = Body.mail(
                () -> new InputStream() {
                    private final InputStream start =
                            new ByteArrayInputStream(Files.bytes("From: a@example.org\r\n\r\ntext"));

                    @Override
                    public int read() throws IOException {
                        int next = start.read();
                        if (next < 0) {
                            throw own;
                        }
                        return next;
                    }
                },
                Body.UNKNOWN_SIZE);
        InspectingScanner scanner = new InspectingScanner(new CleanScanner(), scan.tools, 1);

        assertThatThrownBy(() -> scanner.scan(broken, Deadline.in(Duration.ofSeconds(9))))
                .isSameAs(own);
    }

    private void assertClean(String name, byte[] content) throws Exception {
        ScanResult attached = scan.mail(Mails.with(name, content));
        assertThat(attached.findings()).as(name).isEmpty();
        assertThat(attached.verdict()).as(name).isEqualTo(CLEAN);
        assertThat(scan.file(name, content).verdict()).as(name).isEqualTo(CLEAN);
    }

    private void assertFound(String name, byte[] content, String code) throws Exception {
        ScanResult result = scan.mail(Mails.with(name, content));
        assertThat(codes(result)).as(name).contains(code);
        assertThat(result.verdict()).as(name).isEqualTo(SUSPICIOUS);
    }

    private void assertUnscannable(String name, byte[] content, UnscannableReason reason) throws Exception {
        ScanResult result = scan.mail(Mails.with(name, content));
        assertThat(result.verdict()).as(name).isEqualTo(UNSCANNABLE);
        assertThat(result.unscannable()).as(name).isEqualTo(reason);
    }

    private static List<String> codes(ScanResult result) {
        return result.findings().stream().map(ScanFinding::code).distinct().toList();
    }

    private static List<ScannedPart> parts(ScanResult result) {
        return java.util.Objects.requireNonNull(result.parts());
    }

    private static ScannedPart part(ScanResult result, String path) {
        return parts(result).stream()
                .filter(part -> part.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /** The scanner under test, with a real look inside. */
    @Test
    void isUnscannableWhereAMailIsNestedBeyondTheStack() throws Exception {
        Tools tools = scan.tools;
        Tools overflowing = new Tools(
                tools.detector(),
                (mail, opened) -> {
                    throw new StackOverflowError();
                },
                tools.readers(),
                tools.policy(),
                tools.limits(),
                tools.spool());
        byte[] mail = Mails.with("a.txt", Files.bytes("text"));

        ScanResult result = new InspectingScanner(new MarkScanner(), overflowing, 1)
                .scan(
                        Body.mail(() -> new ByteArrayInputStream(mail), mail.length),
                        Deadline.in(Duration.ofSeconds(30)));

        assertThat(result.unscannable()).isEqualTo(UnscannableReason.MALFORMED);
    }

    private final class Scan {
        private final Tools tools;
        private final InspectingScanner scanner;

        Scan(InspectionLimits limits) throws IOException {
            tools = InspectionBeans.standard(limits, spool);
            scanner = new InspectingScanner(new MarkScanner(), tools, 2);
        }

        ScanResult mail(byte[] mail) throws Exception {
            return scanner.scan(
                    Body.mail(() -> new ByteArrayInputStream(mail), mail.length), Deadline.in(Duration.ofSeconds(30)));
        }

        ScanResult file(String name, byte[] content) throws Exception {
            Body body = Body.of(() -> new ByteArrayInputStream(content), content.length, name, null);
            return scanner.scan(body, Deadline.in(Duration.ofSeconds(30)));
        }
    }

    /** Calls everything clean without reading it. */
    private static final class CleanScanner implements org.postern.scan.Scanner {
        @Override
        public ScanResult scan(Body body, Deadline deadline) {
            return new ScanResult(
                    ScanVerdict.CLEAN,
                    null,
                    null,
                    List.of(),
                    org.postern.events.mail.EngineVersion.named("clean"),
                    Duration.ZERO);
        }

        @Override
        public String engine() {
            return "clean";
        }
    }
}
