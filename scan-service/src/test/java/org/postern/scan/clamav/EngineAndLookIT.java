package org.postern.scan.clamav;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.lingala.zip4j.model.ZipParameters;
import net.lingala.zip4j.model.enums.EncryptionMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.engine.Deadline;
import org.postern.events.mail.ScanFinding;
import org.postern.events.mail.ScanResult;
import org.postern.events.mail.ScanVerdict;
import org.postern.events.mail.UnscannableReason;
import org.postern.scan.Body;
import org.postern.scan.RestartableClamd;
import org.postern.scan.Scanner;
import org.postern.scan.inspection.InspectingScanner;
import org.postern.scan.inspection.InspectionLimits;
import org.postern.scan.wiring.InspectionBeans;

/** The engine and the own look together, on a real clamd. */
class EngineAndLookIT {
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    @TempDir
    static Path spool;

    private static RestartableClamd clamd = new RestartableClamd();
    private static Vertx vertx = Vertx.vertx();
    private static Scanner scanner;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> where = clamd.start();
        if (Files.isDirectory(corpora())) {
            RestartableClamd.addSignatures(corpora().resolve("clamav-testfiles/clamav.hdb"));
        }
        RestartableClamd.launch();
        SocketAddress address = SocketAddress.inetSocketAddress(
                Integer.parseInt(where.get("postern.clamd.port")), where.get("postern.clamd.host"));
        ClamAvScanner engine = new ClamAvScanner(
                vertx.createNetClient(ClamAvScanner.clientOptions(Duration.ofSeconds(2), Duration.ofSeconds(25))),
                address,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
        scanner = new InspectingScanner(engine, InspectionBeans.standard(InspectionLimits.defaults(), spool), 2);
    }

    @AfterAll
    static void stop() {
        clamd.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void namesThePartThatIsInfected() throws Exception {
        ScanResult result = mail("see attached", "archive.zip", zip("clean.txt", "text", "sub/virus.com", EICAR));

        assertThat(result.verdict()).isEqualTo(ScanVerdict.INFECTED);
        ScanFinding worst = result.findings().getFirst();
        assertThat(worst.code()).isEqualTo("virus");
        assertThat(worst.signature()).startsWith("Eicar-Test-Signature");
        assertThat(worst.part()).isEqualTo("2/archive.zip/sub/virus.com");
        assertThat(worst.engine()).isEqualTo("clamav");
    }

    @Test
    void scansWhatAPasswordOfTheMailOpens() throws Exception {
        String text = "The password is Winter-7!";

        ScanResult harmless = mail(text, "a.zip", encrypted("Winter-7!", "text"));
        ScanResult infected = mail(text, "a.zip", encrypted("Winter-7!", EICAR));
        ScanResult closed = mail("see attached", "a.zip", encrypted("Winter-7!", EICAR));

        assertThat(harmless.verdict()).isEqualTo(ScanVerdict.CLEAN);
        assertThat(harmless.findings()).extracting(ScanFinding::code).containsExactly("opened-with-password");
        assertThat(infected.verdict()).isEqualTo(ScanVerdict.INFECTED);
        assertThat(infected.findings().getFirst().part()).isEqualTo("2/a.zip/a.txt");
        assertThat(closed.unscannable()).isEqualTo(UnscannableReason.ENCRYPTED);
    }

    @Test
    void findsTheTestFilesOfClamAv() throws Exception {
        Assumptions.assumeTrue(
                Files.isDirectory(corpora()),
                "the collections are not in the repository, and lie in POSTERN_CORPORA where there are any");
        List<String> missed = new ArrayList<>();
        int infected = 0;
        try (Stream<Path> files = Files.list(corpora().resolve("clamav-testfiles"))) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("clam"))
                    .toList()) {
                if (file.toString().endsWith(".hdb")) {
                    continue;
                }
                String name = String.valueOf(file.getFileName());
                ScanResult result = scanner.scan(
                        Body.of(() -> Files.newInputStream(file), Files.size(file), name, null),
                        Deadline.in(Duration.ofSeconds(25)));
                if (result.verdict() == ScanVerdict.INFECTED) {
                    infected++;
                } else {
                    missed.add(name + " " + result.verdict().word());
                    assertThat(result.verdict()).as(name).isNotEqualTo(ScanVerdict.CLEAN);
                }
            }
        }

        assertThat(infected).as("missed: %s", missed).isGreaterThanOrEqualTo(50);
    }

    private static Path corpora() {
        String root = System.getProperty("postern.root", "..");
        return Path.of(Optional.ofNullable(System.getenv("POSTERN_CORPORA")).orElse(root + "/../shared/corpora"));
    }

    private static ScanResult mail(String text, String name, byte[] attached) throws Exception {
        String mail = """
            From: a@example.org
            To: b@example.org
            Subject: test
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: text/plain

            %s
            --m
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename=%s
            Content-Transfer-Encoding: base64

            %s
            --m--
            """.formatted(text, name, Base64.getMimeEncoder().encodeToString(attached));
        byte[] bytes = mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        return scanner.scan(
                Body.mail(() -> new ByteArrayInputStream(bytes), bytes.length), Deadline.in(Duration.ofSeconds(25)));
    }

    private static byte[] zip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.US_ASCII));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] encrypted(String password, String content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (net.lingala.zip4j.io.outputstream.ZipOutputStream zip =
                new net.lingala.zip4j.io.outputstream.ZipOutputStream(out, password.toCharArray())) {
            ZipParameters parameters = new ZipParameters();
            parameters.setFileNameInZip("a.txt");
            parameters.setEncryptFiles(true);
            parameters.setEncryptionMethod(EncryptionMethod.ZIP_STANDARD);
            zip.putNextEntry(parameters);
            zip.write(content.getBytes(StandardCharsets.US_ASCII));
            zip.closeEntry();
        }
        return out.toByteArray();
    }
}
