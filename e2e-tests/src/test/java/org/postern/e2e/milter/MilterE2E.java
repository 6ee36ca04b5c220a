package org.postern.e2e.milter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postern.e2e.suite.Door;
import org.postern.e2e.suite.Mails;
import org.postern.e2e.suite.Suite;
import org.postern.testsupport.Postfix;
import org.postern.testsupport.SmtpClient;

/** A real Postfix that asks the suite about every mail, as an administrator sets it up. */
class MilterE2E {
    private static final String CAROL = "carol@example.com";
    private static final String ALICE = "alice@example.org";
    private static final int SESSIONS = 100;
    private static final int LARGE = 48 * 1024 * 1024;

    private static Postfix postfix;

    @BeforeAll
    static void start() {
        postfix = Postfix.start(Suite.running().port("MILTER"), Suite.running().port("POSTFIX"));
    }

    @AfterAll
    static void stop() {
        if (postfix != null) {
            postfix.close();
        }
    }

    @Test
    void a_clean_mail_is_delivered_with_our_fields_and_without_forged_ones() {
        String subject = subject();

        String said = swaks(
                "--from", CAROL,
                "--to", ALICE,
                "--xclient", "ADDR=192.0.2.10 NAME=mail.example.com",
                "--header", "Subject: " + subject,
                "--add-header", "X-Postern-Disposition: junk",
                "--add-header", "Authentication-Results: postern.localhost; dmarc=pass",
                "--add-header", "Authentication-Results: elsewhere.example; dmarc=pass");

        assertThat(said).contains("250 2.0.0 Ok: queued");
        String mail = delivered("alice", subject);
        assertThat(mail)
                .containsOnlyOnce("X-Postern-Disposition: ")
                .contains("X-Postern-Disposition: deliver", "X-Postern-Verdict: scan=clean; class=ham")
                .containsOnlyOnce("Authentication-Results: postern.localhost;")
                .contains("Authentication-Results: elsewhere.example; dmarc=pass")
                .doesNotContain("postern.localhost; dmarc=pass");
        assertThat(mail.indexOf("Authentication-Results: postern.localhost"))
                .as("what we say stands above what the mail brought along")
                .isLessThan(mail.indexOf("Received: from mail.example.com"));
    }

    @Test
    void a_virus_is_refused_while_its_sender_is_still_there() throws IOException {
        assertThat(untilDecided(Mails.eicar(), CAROL, ALICE)).startsWith("550 5.7.1 The message is refused: infected");
    }

    @Test
    void spam_is_delivered_and_marked_as_junk() {
        String subject = subject();
        String gtube = "XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

        String said =
                swaks("--from", CAROL, "--to", "bob@example.org", "--header", "Subject: " + subject, "--body", gtube);

        assertThat(said).contains("250 2.0.0 Ok: queued");
        assertThat(delivered("bob", subject)).contains("X-Postern-Disposition: junk", "class=spam");
    }

    @Test
    void a_mail_that_its_domain_disowns_is_kept_and_not_delivered() throws IOException {
        String subject = subject();
        byte[] mail = new String(Mails.text(subject, "Please pay.\r\n"), StandardCharsets.UTF_8)
                .replace("From: Carol <carol@example.com>", "From: Your bank <office@bank.example>")
                .getBytes(StandardCharsets.UTF_8);
        String reply;
        try (SmtpClient client = new SmtpClient(postfix.port())) {
            client.say("XCLIENT ADDR=192.0.2.66 NAME=[UNAVAILABLE]");
            client.say("EHLO mail.example.net");
            client.envelope("office@bank.example", ALICE).write(mail);
            reply = client.say(".");
        }

        assertThat(reply).startsWith("250 2.0.0 Ok");
        // Postfix answers first and writes its log a moment later.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(postfix.log()).contains("milter-discard"));
        assertThat(postfix.delivered("alice")).noneMatch(delivered -> delivered.contains(subject));
    }

    @Test
    void a_mail_that_is_released_passes_the_filter_that_held_it() throws IOException {
        String subject = subject();
        byte[] mail = new String(Mails.text(subject, "Please pay.\r\n.\r\n"), StandardCharsets.UTF_8)
                .replace("From: Carol <carol@example.com>", "From: Your bank <office@bank.example>")
                .getBytes(StandardCharsets.UTF_8);
        String id = Door.submit(mail, "office@bank.example", ALICE, "bob@example.org")
                .then()
                .statusCode(200)
                .body("recipients[0].disposition", equalTo("quarantine"))
                .extract()
                .path("id");

        Door.operator()
                .contentType("application/json")
                .body("{\"recipients\":[\"" + ALICE + "\"]}")
                .post("/v1/messages/" + id + "/release")
                .then()
                .statusCode(200);

        String delivered = delivered("alice", subject);
        assertThat(delivered)
                .contains("X-Postern-Message: " + id, "X-Postern-Disposition: deliver", "X-Postern-Reason: released")
                .endsWith("Please pay.\n.\n")
                .doesNotContain("X-Postern-Release");
        assertThat(postfix.delivered("bob")).noneMatch(held -> held.contains(subject));
        String replayed = "X-Postern-Release: forged\r\n"
                + new String(mail, StandardCharsets.UTF_8).replace("\r\n.\r\n", "\r\n..\r\n");
        assertThat(untilDecided(replayed.getBytes(StandardCharsets.UTF_8), "office@bank.example", "bob@example.org"))
                .startsWith("250 2.0.0 Ok");
        assertThat(postfix.delivered("bob"))
                .as("with a forged pass it is judged as any other")
                .noneMatch(held -> held.contains(subject));
    }

    @Test
    void a_reader_is_told_what_is_held_and_releases_it_by_the_link() throws IOException {
        String erin = "erin@letters.example";
        String subject = subject();
        String entry = Door.operator()
                .contentType("application/json")
                .body("{\"list\":\"block\",\"about\":\"example.com\",\"scope\":\"letters.example\"}")
                .post("/v1/lists")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        // An entry counts within two seconds: until then the mail would be delivered.
        String id = await().atMost(Duration.ofSeconds(60))
                .until(() -> Door.submit(Mails.text(subject, "Hello.\r\n"), CAROL, erin), answer -> "quarantine"
                        .equals(answer.path("recipients[0].disposition")))
                .path("id");
        Door.operator().delete("/v1/lists/" + entry).then().statusCode(204);

        String letter = await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> postfix.delivered("erin").stream()
                                .filter(mail ->
                                        mail.contains("Auto-Submitted: auto-generated") && mail.contains(subject))
                                .toList(),
                        letters -> !letters.isEmpty())
                .getFirst()
                .replace("=\n", "")
                .replace("=2E", ".")
                .replace("=3D", "=");
        assertThat(letter).contains("X-Postern-Message: ").contains("From: carol@example[.]com");
        String link = letter.replaceAll("(?s).*?(/v1/digest/[A-Za-z0-9_.-]+).*", "$1");

        Door.anybody().get(link).then().statusCode(200).body(containsString("Release this message?"));
        assertThat(postfix.delivered("erin")).noneMatch(mail -> mail.contains("X-Postern-Reason: released"));
        Door.anybody().post(link).then().statusCode(200).body(containsString("The message was released"));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(postfix.delivered("erin"))
                .filteredOn(mail -> mail.contains("X-Postern-Reason: released"))
                .singleElement()
                .satisfies(mail -> assertThat(mail).contains("X-Postern-Message: " + id, subject)));
        Door.anybody().post(link + "A").then().statusCode(404);
    }

    @Test
    void the_bytes_that_are_judged_are_those_that_were_sent() throws IOException {
        String subject = subject();
        byte[] mail = ("From: Carol <carol@example.com>\r\nSubject: " + subject
                        + "\r\n"
                        + "X-Folded: one\r\n"
                        + "\ttwo\r\n"
                        + "   three \r\n"
                        + "X-Tight:tight\r\n"
                        + "To: Bj\u00f6rn <bob@example.org>\r\n"
                        + "Date: Sun, 1 Nov"
                        + " 2026 12:00:00"
                        + " +0000\r\n"
                        + "Message-ID:"
                        + " <" + subject + "@example.com>\r\n\r\n"
                        + "8 bits: \u00e4\u00f6\u00fc\r\n\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        try (SmtpClient client = new SmtpClient(postfix.port())) {
            client.say("MAIL FROM:<carol@example.com> BODY=8BITMIME SMTPUTF8");
            client.say("RCPT TO:<bob@example.org>");
            client.say("DATA");
            client.write(mail);
            assertThat(client.say(".")).startsWith("250 2.0.0 Ok");
        }
        String id = delivered("bob", subject).replaceAll("(?s).*X-Postern-Message: (\\S+).*", "$1");

        assertThat(Door.operator().get("/v1/messages/" + id).jsonPath().getString("sha256"))
                .isEqualTo(sha256(mail));
    }

    @Test
    void many_sessions_at_once_lose_and_double_nothing() throws Exception {
        String batch = subject();
        List<Future<String>> replies = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SESSIONS; i++) {
                byte[] mail = Mails.text(batch + "-" + i + ".", "Number " + i + ".\r\n");
                replies.add(clients.submit(() -> untilDecided(mail, CAROL, "dave@example.org")));
            }
        }
        for (Future<String> reply : replies) {
            assertThat(reply.get()).startsWith("250 2.0.0 Ok");
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        postfix.delivered("dave").stream().filter(mail -> mail.contains(batch)))
                .hasSize(SESSIONS));
    }

    @Test
    void nothing_is_kept_of_a_mail_whose_client_vanishes() throws IOException {
        await().atMost(Duration.ofSeconds(20)).until(() -> unfinished() == 0);
        long before = settled();
        try (SmtpClient client = new SmtpClient(postfix.port())) {
            client.envelope(CAROL, ALICE);
            client.write(Mails.text(subject(), ""));
            client.write("x".repeat(200_000).getBytes(StandardCharsets.US_ASCII));
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(postfix.log()).contains("lost connection after DATA"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(unfinished()).isZero());
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void a_large_mail_passes() throws IOException {
        String subject = subject();
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes(new String(Mails.text(subject, ""), StandardCharsets.UTF_8)
                .replace(
                        "Content-Type: text/plain; charset=utf-8\r\n\r\n",
                        "Content-Type: multipart/mixed; boundary=b1\r\n\r\n"
                                + "--b1\r\n"
                                + "Content-Type: text/plain\r\n\r\n"
                                + "See the attachment.\r\n"
                                + "--b1\r\n"
                                + "Content-Type: application/octet-stream; name=a.bin\r\n"
                                + "Content-Disposition: attachment; filename=a.bin\r\n"
                                + "Content-Transfer-Encoding: base64\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        byte[] bytes = new byte[LARGE / 78 * 57];
        new Random(42).nextBytes(bytes);
        mail.writeBytes(Base64.getMimeEncoder().encode(bytes));
        mail.writeBytes("\r\n--b1--\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(untilDecided(mail.toByteArray(), CAROL, "carol@example.org")).startsWith("250 2.0.0 Ok");
        assertThat(delivered("carol", subject)).hasSizeGreaterThan(LARGE * 9 / 10);
    }

    @Test
    void a_mail_waits_for_an_engine_that_is_down_and_has_its_verdict_when_it_comes_again() throws IOException {
        String subject = subject();
        byte[] mail = Mails.text(subject, "Is anybody there?\r\n");
        Suite.running().kill("clamd");
        try {
            assertThat(SmtpClient.send(postfix.port(), mail, CAROL, ALICE)).startsWith("451 4.7.1");
            assertThat(postfix.delivered("alice")).noneMatch(delivered -> delivered.contains(subject));
        } finally {
            Suite.running().bringUp();
        }

        assertThat(untilDecided(mail, CAROL, ALICE)).startsWith("250 2.0.0 Ok");
        String id = delivered("alice", subject).replaceAll("(?s).*X-Postern-Message: (\\S+).*", "$1");
        assertThat(Door.operator().get("/v1/messages/" + id).jsonPath().getInt("revision"))
                .as("it was put off under the same id")
                .isGreaterThan(1);
    }

    /** As a mail server does: it comes again while it is put off. */
    private static String untilDecided(byte[] mail, String from, String to) {
        return await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> SmtpClient.send(postfix.port(), mail, from, to), reply -> !reply.startsWith("4"));
    }

    private static String delivered(String localPart, String subject) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> postfix.delivered(localPart).stream()
                                .filter(mail -> mail.contains(subject))
                                .toList(),
                        mails -> !mails.isEmpty())
                .getFirst();
    }

    private static String swaks(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("swaks", "--server", "127.0.0.1:" + postfix.port(), "--helo", "mail.example.com"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(60, TimeUnit.SECONDS);
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long stored() {
        return files(".body");
    }

    /** The same once it stays: renditions of mails that were delivered before come a moment after them. */
    private static long settled() {
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(Duration.ofSeconds(5))
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    long now = stored();
                    return last.getAndSet(now) == now;
                });
        return last.get();
    }

    /** Bodies that are being written. */
    private static long unfinished() {
        return files("") - files(".body") - files(".key");
    }

    private static long files(String ending) {
        try (Stream<Path> files = Files.walk(Suite.running().home().resolve("store"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*/\\.(cache|renditions)/.*"))
                    .filter(file -> file.toString().endsWith(ending))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String subject() {
        return "s" + UUID.randomUUID();
    }

    private static String sha256(byte[] bytes) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
