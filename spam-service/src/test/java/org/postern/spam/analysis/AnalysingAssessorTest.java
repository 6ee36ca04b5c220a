package org.postern.spam.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postern.engine.Deadline;
import org.postern.events.DomainName;
import org.postern.events.EnvelopeSender;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.AuthenticationResult;
import org.postern.events.mail.AuthenticationResultsField;
import org.postern.events.mail.Client;
import org.postern.events.mail.DkimSignature;
import org.postern.events.mail.EngineVersion;
import org.postern.events.mail.Finding;
import org.postern.events.mail.InconclusiveCause;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.SenderAuthentication;
import org.postern.spam.Assessor;
import org.postern.spam.Body;
import org.postern.spam.Mail;
import org.postern.spam.phishing.PhishingAnalysis;
import org.postern.spam.phishing.Wording;
import org.postern.spam.phishing.tables.TableFiles;
import org.postern.spam.weighing.WeightFile;

@Timeout(60)
class AnalysingAssessorTest {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static final PhishingAnalysis ANALYSIS = new PhishingAnalysis(TableFiles.bundled(), new Wording());
    private static final EngineVersion ENGINE = EngineVersion.named("test");
    private static final String PHISHING = """
        From: "PayPal Service" <office@example.com>
        To: reader@firm.example
        Subject: Your account has been limited
        DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s1; b=x
        ARC-Seal: i=1; a=rsa-sha256; d=lists.example.net; s=a; b=x
        Content-Type: text/html

        <p>Your account has been limited. Verify your account.</p><a href="https://shop.web.app/">Go</a>
        """;

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    @Test
    void a_mail_that_the_engine_and_dmarc_pass_is_phishing_all_the_same() throws Exception {
        AssessmentResult result = assess(answering(MailClass.HAM), PHISHING.getBytes(StandardCharsets.UTF_8));

        assertThat(result.mailClass()).isEqualTo(MailClass.PHISHING);
        assertThat(result.findings()).extracting(Finding::code).contains("display-name-brand", "link-free-host");
        assertThat(Objects.requireNonNull(result.weighing()).score()).isGreaterThanOrEqualTo(5);
        assertThat(result.unchecked()).containsExactly(Acquaintances.UNCHECKED);
        assertThat(AuthenticationResultsField.value("mx.firm.example", result.authentication()))
                .isEqualTo("mx.firm.example;\r\n"
                        + "\tspf=pass smtp.mailfrom=example.com;\r\n"
                        + "\tdkim=pass header.d=example.com header.s=s1 header.a=rsa-sha256;\r\n"
                        + "\tdmarc=pass header.from=example.com;\r\n"
                        + "\tarc=none (i=1) header.d=lists.example.net");
    }

    @Test
    void without_an_answer_of_the_engine_there_is_none() throws Exception {
        Assessor away = engine((mail, deadline) ->
                AssessmentResult.inconclusive(InconclusiveCause.ENGINE_DOWN, ENGINE, Duration.ZERO));
        assertThat(assess(away, PHISHING.getBytes(StandardCharsets.UTF_8)).mailClass())
                .isEqualTo(MailClass.INCONCLUSIVE);
    }

    @Test
    void an_analysis_that_comes_to_no_end_makes_the_mail_suspicious() throws Exception {
        // The engine answers without having read to the end, so that the analysis never gets there.
        Assessor hasty = engine((mail, deadline) -> {
            try (InputStream in = mail.body().open()) {
                in.readNBytes(10);
            }
            return answer(MailClass.HAM);
        });
        AssessmentResult result = new AnalysingAssessor(
                        hasty,
                        ANALYSIS,
                        WeightFile::bundled,
                        new AnalysingAssessor.Organisation(List.of(), List.of(), Upstream.none()),
                        new Acquaintances(null, TableFiles.bundled()),
                        THREADS)
                .assess(mail(PHISHING.getBytes(StandardCharsets.UTF_8)), Deadline.in(Duration.ofMillis(300)));
        assertThat(result.mailClass()).isEqualTo(MailClass.SUSPICIOUS);
        assertThat(result.unchecked()).containsExactly(AnalysingAssessor.NOT_ANALYSED);
    }

    @Test
    void the_failure_of_the_body_is_the_answer_and_nobody_waits() {
        Body broken = Body.of(
                () -> new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the store is away");
                    }
                },
                10);
        assertThatThrownBy(() ->
                        assessor(answering(MailClass.HAM)).assess(Mail.of(broken), Deadline.in(Duration.ofSeconds(20))))
                .isInstanceOf(IOException.class)
                .hasMessage("the store is away");
    }

    @Test
    void the_analysis_begins_once_the_engine_has_all_of_the_mail() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        List<Integer> seen = new ArrayList<>();
        Assessor engine = engine((mail, deadline) -> {
            try (InputStream in = mail.body().open()) {
                in.readNBytes(100);
                seen.add(begun.get());
                in.transferTo(OutputStream.nullOutputStream());
                seen.add(begun.get());
            }
            return answer(MailClass.HAM);
        });

        AssessmentResult result = assessor(engine, task -> {
                    begun.incrementAndGet();
                    THREADS.execute(task);
                })
                .assess(mail(PHISHING.getBytes(StandardCharsets.UTF_8)), Deadline.in(Duration.ofSeconds(20)));

        assertThat(seen).containsExactly(0, 1);
        assertThat(result.unchecked()).doesNotContain(AnalysingAssessor.NOT_ANALYSED);
    }

    @Test
    void nothing_is_analysed_where_the_engine_is_away() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        Assessor away = engine((mail, deadline) ->
                AssessmentResult.inconclusive(InconclusiveCause.ENGINE_DOWN, ENGINE, Duration.ZERO));

        assessor(away, task -> begun.incrementAndGet())
                .assess(mail(PHISHING.getBytes(StandardCharsets.UTF_8)), Deadline.in(Duration.ofSeconds(20)));

        assertThat(begun).hasValue(0);
    }

    @Test
    void a_large_mail_is_read_by_both_to_its_end() throws Exception {
        byte[] large = ("From: a@b.example\r\nContent-Type: application/octet-stream\r\n\r\n" + "x".repeat(5_000_000))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(assess(answering(MailClass.HAM), large).mailClass()).isEqualTo(MailClass.HAM);
    }

    private static AssessmentResult assess(Assessor engine, byte[] bytes) throws Exception {
        return assessor(engine).assess(mail(bytes), Deadline.in(Duration.ofSeconds(20)));
    }

    private static AnalysingAssessor assessor(Assessor engine) {
        return assessor(engine, THREADS);
    }

    private static AnalysingAssessor assessor(Assessor engine, Executor readers) {
        return new AnalysingAssessor(
                engine,
                ANALYSIS,
                WeightFile::bundled,
                new AnalysingAssessor.Organisation(List.of(), List.of(), Upstream.none()),
                new Acquaintances(null, TableFiles.bundled()),
                readers);
    }

    private static Mail mail(byte[] bytes) {
        return new Mail(
                Body.of(() -> new ByteArrayInputStream(bytes), bytes.length),
                EnvelopeSender.of("office@example.com"),
                List.of(),
                Client.UNKNOWN,
                null);
    }

    private static Assessor answering(MailClass mailClass) {
        return engine((mail, deadline) -> {
            try (InputStream in = mail.body().open()) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return answer(mailClass);
        });
    }

    private static AssessmentResult answer(MailClass mailClass) {
        return new AssessmentResult(
                mailClass,
                null,
                0,
                15,
                new SenderAuthentication(
                        AuthenticationResult.PASS,
                        List.of(new DkimSignature(DomainName.of("example.com"), "s1", AuthenticationResult.PASS)),
                        AuthenticationResult.PASS,
                        null,
                        AuthenticationResult.NONE),
                List.of(),
                List.of(),
                ENGINE,
                Duration.ofMillis(1));
    }

    private static Assessor engine(Answering answering) {
        return new Assessor() {
            @Override
            public AssessmentResult assess(Mail mail, Deadline deadline) throws IOException, InterruptedException {
                return answering.answer(mail, deadline);
            }

            @Override
            public String engine() {
                return "test";
            }
        };
    }

    @FunctionalInterface
    private interface Answering {
        AssessmentResult answer(Mail mail, Deadline deadline) throws IOException, InterruptedException;
    }
}
