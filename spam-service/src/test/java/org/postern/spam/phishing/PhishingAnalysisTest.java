package org.postern.spam.phishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.events.DomainName;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.Finding;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.SenderAuthentication;
import org.postern.spam.Acquaintance;
import org.postern.spam.phishing.check.Circumstances;
import org.postern.spam.phishing.tables.TableFiles;
import org.postern.spam.weighing.Weigher;
import org.postern.spam.weighing.WeightFile;

/** The mails are constructed and show that a check does what it says; they are no evidence of how well it does. */
class PhishingAnalysisTest {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final Path MAILS = Path.of("src/test/resources/mails");
    private static final PhishingAnalysis ANALYSIS = new PhishingAnalysis(TableFiles.bundled(), new Wording());

    /**
     * What a mail must come out as, and what is known beside it.
     *
     * @param verified false where somebody tried to verify the sender and could not; absent where nobody tried
     * @param refused whether the sender's domain says that it is not its mail
     * @param signed the domain of a signature that holds
     * @param acquaintance how the reader's domain knows the sender
     * @param own domains of the installation
     * @param colleague somebody who is worth imitating, with the address jane@firm.example
     */
    record Expected(
            @JsonProperty("class") String mailClass,
            List<String> has,
            List<String> lacks,
            @Nullable Boolean verified,
            @Nullable Boolean refused,
            @Nullable String signed,
            @Nullable Acquaintance acquaintance,
            @Nullable List<String> own,
            @Nullable String colleague) {

        Circumstances circumstances() {
            return new Circumstances(
                    List.of(),
                    own == null ? List.of() : own,
                    colleague == null
                            ? List.of()
                            : List.of(new Circumstances.Colleague(colleague, List.of("jane@firm.example"))),
                    authentication(),
                    acquaintance);
        }

        private @Nullable SenderAuthentication authentication() {
            if (Boolean.FALSE.equals(verified)) {
                return SenderAuthentication.unverified();
            }
            AuthenticationResult sender =
                    Boolean.TRUE.equals(refused) ? AuthenticationResult.FAIL : AuthenticationResult.NONE;
            List<DkimSignature> signatures = signed == null
                    ? List.of()
                    : List.of(new DkimSignature(DomainName.of(signed), "s1", AuthenticationResult.PASS));
            return refused == null && signed == null
                    ? null
                    : new SenderAuthentication(sender, signatures, sender, null, AuthenticationResult.NONE);
        }
    }

    static Stream<String> mails() throws IOException {
        try (Stream<Path> files = Files.list(MAILS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".eml"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("mails")
    void a_mail_has_the_findings_and_the_class_of_its_expectation(String name) throws IOException {
        Expected expected =
                new YAMLMapper().readValue(MAILS.resolve(name + ".yaml").toFile(), Expected.class);
        PhishingAnalysis.Report report =
                analyse(Files.readAllBytes(MAILS.resolve(name + ".eml")), expected.circumstances());

        List<String> codes = report.findings().stream().map(Finding::code).toList();
        assertThat(codes).containsAll(expected.has());
        assertThat(expected.lacks()).noneMatch(codes::contains);
        assertThat(Weigher.weigh(WeightFile.bundled(), report.findings(), MailClass.HAM, 0)
                        .mailClass()
                        .word())
                .as("class by %s", codes)
                .isEqualTo(expected.mailClass());
    }

    @Test
    void every_finding_but_that_of_drawn_codes_in_pictures_has_a_case() throws IOException {
        Set<String> tried = new TreeSet<>();
        for (String name : mails().toList()) {
            tried.addAll(new YAMLMapper()
                    .readValue(MAILS.resolve(name + ".yaml").toFile(), Expected.class)
                    .has());
        }

        Set<String> untried = new TreeSet<>(new Wording().codes("en"));
        untried.removeAll(tried);
        // QrCodeTest draws its picture while it runs.
        assertThat(untried).containsExactly("qr-code-link");
    }

    @ParameterizedTest
    @MethodSource("mails")
    void no_finding_repeats_an_address_or_leaves_a_place_unfilled(String name) throws IOException {
        for (Finding finding :
                analyse(Files.readAllBytes(MAILS.resolve(name + ".eml"))).findings()) {
            assertThat(finding.toString()).doesNotContain("@", "{domain}", "{brand}", "{host}", "{of}", "{defects}");
            assertThat(finding.limits()).isNotBlank();
            assertThat(finding.translations()).containsKey("fr");
        }
    }

    @Test
    void every_finding_that_weighs_has_words_in_both_languages_or_comes_from_the_engine() {
        Wording wording = new Wording();
        assertThat(wording.codes("fr")).isEqualTo(wording.codes("en"));
        List<String> ofEngine = List.of(
                "known-phishing",
                "dmarc-fail",
                "spf-fail",
                "spf-softfail",
                "dkim-invalid",
                "display-name-forged",
                "link-mismatch");
        WeightFile.bundled().groups().values().forEach(group -> assertThat(
                        group.weights().keySet())
                .allSatisfy(code -> assertThat(wording.codes("en").contains(code) || ofEngine.contains(code))
                        .as(code)
                        .isTrue()));
    }

    static Stream<Map.Entry<String, byte[]>> hostileMails() {
        String header = "From: a@b.example\r\nContent-Type: text/html\r\n\r\n";
        return Stream.of(
                Map.entry("ten From fields", ("From: a@b.example\r\n".repeat(10) + "\r\nx").getBytes(UTF_8)),
                Map.entry(
                        "a long line",
                        ("From: a@b.example\r\nX: " + "y".repeat(900_000) + "\r\n\r\nx").getBytes(UTF_8)),
                Map.entry(
                        "many links", (header + "<a href='https://x.example/1'>y</a>".repeat(10_000)).getBytes(UTF_8)),
                Map.entry("deep nesting", (header + "<div>".repeat(100_000)).getBytes(UTF_8)),
                Map.entry("one word", (header + "account ".repeat(200_000)).getBytes(UTF_8)),
                Map.entry(
                        "a broken charset",
                        "Subject: =?x?b?////?=\r\nFrom: \u00ff <\u00fe@\u00fd>\r\n\r\n\u00fc".getBytes(UTF_8)),
                Map.entry("a huge image", hugeImage()),
                Map.entry("no mail", new byte[] {0, 1, 2}));
    }

    @ParameterizedTest
    @MethodSource("hostileMails")
    void a_hostile_mail_is_read_in_bounded_time(Map.Entry<String, byte[]> mail) throws IOException {
        // CPU time: a busy machine is no fault of the analysis.
        long started = CPU.getCurrentThreadCpuTime();
        PhishingAnalysis.Report report = analyse(mail.getValue());
        assertThat(Duration.ofNanos(CPU.getCurrentThreadCpuTime() - started)).isLessThan(Duration.ofSeconds(10));
        assertThat(report.findings()).isNotNull();
    }

    @Test
    void a_mail_with_any_bytes_changed_never_breaks_the_analysis() throws IOException {
        Random random = new Random(4);
        for (String name : mails().toList()) {
            byte[] mail = Files.readAllBytes(MAILS.resolve(name + ".eml"));
            for (int round = 0; round < 40; round++) {
                byte[] changed = mail.clone();
                for (int i = 0; i < 1 + random.nextInt(20); i++) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                assertThat(analyse(changed).findings()).isNotNull();
            }
        }
    }

    private static byte[] hugeImage() {
        // A PNG that says 20 000 x 20 000 pixels and ends there.
        String png = "iVBORw0KGgoAAAANSUhEUgAATiAAAE4gCAIAAAA=";
        return ("From: a@b.example\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n" + png)
                .getBytes(UTF_8);
    }

    private static PhishingAnalysis.Report analyse(byte[] mail) throws IOException {
        return analyse(mail, Circumstances.unknown());
    }

    private static PhishingAnalysis.Report analyse(byte[] mail, Circumstances circumstances) throws IOException {
        return ANALYSIS.look(ANALYSIS.read(new ByteArrayInputStream(mail)), circumstances);
    }
}
