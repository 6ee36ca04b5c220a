package org.postern.spam.rspamd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.engine.Deadline;
import org.postern.events.EnvelopeSender;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.mail.AssessmentResult;
import org.postern.events.mail.Client;
import org.postern.events.mail.InconclusiveCause;
import org.postern.spam.Assessor;
import org.postern.spam.AssessorContract;
import org.postern.spam.Body;
import org.postern.spam.Mail;
import org.postern.spam.rspamd.FakeRspamd.Asked;
import org.postern.spam.rspamd.FakeRspamd.Reaction;

class RspamdAssessorTest implements AssessorContract {
    private static final Path ANSWERS = Path.of("src/test/resources/answers");

    private FakeRspamd rspamd;

    @BeforeEach
    void startRspamd() throws IOException {
        rspamd = new FakeRspamd(RspamdAssessorTest::honest, Reaction.ANSWER);
    }

    @AfterEach
    void stopRspamd() throws IOException {
        rspamd.close();
    }

    @Override
    public Assessor assessor() {
        return assessorAt(rspamd.url());
    }

    static Assessor assessorAt(URI url) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        return new RspamdAssessor(client, url);
    }

    static byte[] answer(String name) {
        try {
            return Files.readAllBytes(ANSWERS.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] honest(byte[] mail) {
        if (mail.length == 0) {
            return answer("empty-body");
        }
        return new String(mail, StandardCharsets.US_ASCII).contains("GTUBE-STANDARD")
                ? answer("gtube-reject")
                : answer("client-unknown");
    }

    @Test
    void sendsTheVeryBytesAndAllItKnows() throws Exception {
        MessageId id = MessageId.random();
        byte[] body = AssessorContract.mail("hello");
        Mail mail = new Mail(
                Body.of(body),
                EnvelopeSender.of("alice@example.org"),
                List.of(MailAddress.of("bob@example.org"), MailAddress.of("carol@example.org")),
                new Client("192.0.2.1", "mail.example.org", "host.example.org"),
                id);

        assess(mail);

        Asked asked = rspamd.asked().getFirst();
        assertThat(asked.line()).isEqualTo("POST /checkv2 HTTP/1.1");
        assertThat(asked.body()).isEqualTo(body);
        assertThat(asked.values("IP")).containsExactly("192.0.2.1");
        assertThat(asked.values("Helo")).containsExactly("mail.example.org");
        assertThat(asked.values("Hostname")).containsExactly("host.example.org");
        assertThat(asked.values("From")).containsExactly("alice@example.org");
        assertThat(asked.values("Rcpt")).containsExactly("bob@example.org", "carol@example.org");
        assertThat(asked.values("Queue-Id")).containsExactly(id.toString());
        assertThat(asked.values("Content-Length")).containsExactly("" + body.length);
        assertThat(asked.values("Expect")).isEmpty();
        assertThat(asked.values("Upgrade")).isEmpty();
    }

    @Test
    void tellsNothingItDoesNotKnow() throws Exception {
        assess(Mail.of(Body.of(AssessorContract.mail("hello"))));

        Asked asked = rspamd.asked().getFirst();
        for (String name :
                List.of("IP", "Helo", "Hostname", "From", "Rcpt", "Queue-Id", "User", "File", "Path", "Shm")) {
            assertThat(asked.values(name)).as(name).isEmpty();
        }
    }

    @Test
    void writesTheNullSenderAsSuch() throws Exception {
        assess(new Mail(Body.of(new byte[] {'a'}), EnvelopeSender.of("<>"), List.of(), Client.UNKNOWN, null));

        assertThat(rspamd.asked().getFirst().values("From")).containsExactly("<>");
    }

    @Test
    void leavesOutWhatWouldBeginAnotherHeader() throws Exception {
        Client client = new Client("192.0.2.1\r\nFile: /etc/passwd", "a\r\nUser: me", "b\u0000c\nPath: /etc/passwd");

        assess(new Mail(Body.of(new byte[] {'a'}), null, List.of(), client, null));

        Asked asked = rspamd.asked().getFirst();
        assertThat(asked.headers()).noneMatch(header -> header.contains("passwd") || header.startsWith("User:"));
        assertThat(asked.values("IP")).isEmpty();
        assertThat(asked.values("Helo")).isEmpty();
        assertThat(asked.values("Hostname")).isEmpty();
    }

    @Test
    void marksWhatHttpCannotCarryInALocalPart() throws Exception {
        assess(new Mail(
                Body.of(new byte[] {'a'}),
                EnvelopeSender.of("jos\u00e9@example.org"),
                List.of(),
                Client.UNKNOWN,
                null));

        assertThat(rspamd.asked().getFirst().values("From")).containsExactly("jos?@example.org");
    }

    @Test
    void isInconclusiveWhenNobodyListens() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }

        AssessmentResult result = assessorAt(URI.create("http://127.0.0.1:" + nobody))
                .assess(Mail.of(Body.of(AssessorContract.mail("hello"))), Deadline.in(Duration.ofSeconds(5)));

        assertThat(result.inconclusive()).isEqualTo(InconclusiveCause.ENGINE_DOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "HALF, ANSWER_NOT_UNDERSTOOD",
        "HALF_AND_HANG, TIMED_OUT",
        "HANG, TIMED_OUT",
        "RESET, ANSWER_NOT_UNDERSTOOD",
        "EARLY_RESET, ANSWER_NOT_UNDERSTOOD",
        "FLOOD, ANSWER_NOT_UNDERSTOOD",
        "ERROR, ANSWER_NOT_UNDERSTOOD",
        "REDIRECT, ANSWER_NOT_UNDERSTOOD",
        "CLOSE, ANSWER_NOT_UNDERSTOOD"
    })
    void isInconclusiveWhenTheAnswerDoesNotCome(Reaction reaction, InconclusiveCause cause) throws Exception {
        try (FakeRspamd faulty = new FakeRspamd(mail -> answer("client-unknown"), reaction)) {
            Duration patience = cause == InconclusiveCause.TIMED_OUT ? Duration.ofMillis(500) : Duration.ofSeconds(10);

            AssessmentResult result = assessorAt(faulty.url())
                    .assess(Mail.of(Body.of(AssessorContract.mail("hello"))), Deadline.in(patience));

            assertThat(result.inconclusive()).isEqualTo(cause);
        }
    }

    @Test
    void isInconclusiveWhenTheAnswerComesBeforeTheMailWasRead() throws Exception {
        byte[] large = AssessorContract.mail("a".repeat(16 * 1024 * 1024));
        try (FakeRspamd hasty = new FakeRspamd(mail -> answer("client-unknown"), Reaction.EARLY)) {
            AssessmentResult result =
                    assessorAt(hasty.url()).assess(Mail.of(Body.of(large)), Deadline.in(Duration.ofSeconds(1)));

            assertThat(result.inconclusive())
                    .isIn(InconclusiveCause.ANSWER_NOT_UNDERSTOOD, InconclusiveCause.TIMED_OUT);
        }
    }

    private void assess(Mail mail) throws IOException, InterruptedException {
        assessor().assess(mail, Deadline.in(Duration.ofSeconds(5)));
    }
}
