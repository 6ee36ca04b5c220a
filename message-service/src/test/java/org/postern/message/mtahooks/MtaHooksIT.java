package org.postern.message.mtahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.postern.events.MessageId;
import org.postern.events.codec.Topic;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailClass;
import org.postern.events.mail.MailDirection;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.RealParts;
import org.postern.message.ServiceProcess;
import org.postern.message.TestTopics;
import org.postern.message.mtahooks.HookPeer.Heard;

/**
 * The packaged service behind MTA Hooks, on the real database, broker and store and without each of them, and with a heap
 * that no large mail fits into.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MtaHooksIT {
    private static final int LARGE = 45_000_000;

    /** The deadline, and what a busy machine takes to notice it. */
    private static final Duration IN_TIME = Duration.ofSeconds(8);

    private RealParts parts;
    private Map<String, String> configuration;
    private TestTopics topics;
    private ServiceProcess service;
    private HookPeer peer;

    @BeforeAll
    void start() throws IOException {
        parts = RealParts.start();
        configuration = parts.configuration();
        configuration.put("postern.intake.deadline", "4S");
        configuration.put("postern.milter.authserv-id", "mx.example.org");
        configuration.put("postern.mta-hooks.enabled", "true");
        topics = parts.topics();
        startsWithoutASecretNever();
        Path secret = Files.createTempFile("mta-hooks", ".secret");
        Files.writeString(secret, HookPeer.SECRET + "\n");
        configuration.put("postern.mta-hooks.secret-file", secret.toString());
        service = ServiceProcess.start("mta-hooks", configuration).ready();
        peer = new HookPeer(service.mtaHooksPort());
    }

    @AfterAll
    void stop() throws InterruptedException {
        service.close();
        topics.close();
        parts.close();
    }

    private void startsWithoutASecretNever() {
        try (ServiceProcess without = ServiceProcess.start("mta-hooks-without-a-secret", configuration)) {
            await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> assertThat(
                            Files.readString(Path.of("target", "mta-hooks-without-a-secret.log")))
                    .contains("set postern.mta-hooks.secret-file")
                    .doesNotContain("listening for MTA Hooks"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(1)
    void stampsWhatItDeliversAndHandsItOver() {
        CompletableFuture<Heard> answer = sent("clean", "Hello\r\n");
        MessageId id = received("clean");
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);

        Heard heard = decided(answer, "clean");
        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.action()).isEqualTo("accept");
        assertThat(StreamSupport.stream(heard.document().path("modifications").spliterator(), false))
                .extracting(change -> change.path("type").asText() + " "
                        + change.path("name").asText() + ": "
                        + change.path("value").asText())
                .containsExactly(
                        "addHeader Authentication-Results: mx.example.org;\r\n"
                                + "\tspf=pass;\r\n"
                                + "\tdkim=none;\r\n"
                                + "\tdmarc=pass (p=none);\r\n"
                                + "\tarc=none",
                        "addHeader X-Postern-Message: " + id,
                        "addHeader X-Postern-Disposition: deliver",
                        "addHeader X-Postern-Verdict: scan=clean; class=ham; score=1.50/15.00",
                        "addHeader X-Postern-Reason: nothing-found");
        MailReceived event =
                topics.told(Topic.MAIL_RECEIVED, MailReceived.class, id).getFirst();
        assertThat(event.path()).isEqualTo(MailPath.MILTER);
        assertThat(event.direction()).isEqualTo(MailDirection.INBOUND);
        assertThat(event.client().ip()).isEqualTo("192.0.2.7");
        assertThat(event.smtp().queueId()).isEqualTo("1c4f");
        assertThat(event.object().size())
                .isEqualTo("From: Ann <ann@example.com>\r\nSubject: clean\r\n\r\nHello\r\n".length());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(topics.handedOver(id))
                .singleElement()
                .satisfies(handed ->
                        assertThat(handed.recipients().getFirst().disposition()).isEqualTo(Disposition.DELIVER)));
    }

    @Test
    @Order(2)
    void putsOffWhatAnEngineDoesNotAnswerAndHasTheVerdictWhenItComesAgain() {
        long bodies = parts.bodies();
        CompletableFuture<Heard> first = sent("engine down", "Hello\r\n");
        MessageId id = received("engine down");
        topics.tell(id, ScanVerdict.INCONCLUSIVE, MailClass.HAM);

        assertThat(first.join().reply()).startsWith("451 4.7.1");
        topics.staysUnanswered(id);

        topics.tell(TestTopics.scanned(id, 2, ScanVerdict.INFECTED));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        sent("engine down", "Hello\r\n").join().reply())
                .isEqualTo("550 5.7.1 The message is refused: infected (" + id + ")"));
        assertThat(receivedIds("engine down")).containsExactly(id);
        assertThat(parts.bodies()).as("bodies kept").isEqualTo(bodies + 1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.handedOver(id)).hasSize(1));
    }

    @Test
    @Order(3)
    void takesAMailInThatIsLargerThanTheHeapLeaves() {
        String line = "0123456789".repeat(7) + "\r\n";
        CompletableFuture<Heard> answer = sent("large", line.repeat(LARGE / line.length()));
        MessageId id = received("large");
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);

        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(topics.told(Topic.MAIL_RECEIVED, MailReceived.class, id)
                        .getFirst()
                        .object()
                        .size())
                .isGreaterThan(LARGE - 100);
        assertThat(sent("larger", line.repeat(53_000_000 / line.length()))
                        .join()
                        .reply())
                .startsWith("552 5.3.4");
        assertThat(receivedIds("larger")).isEmpty();
    }

    @Test
    @Order(4)
    void keepsNothingOfWhatIsCutOffOrGoesWrongBehindItsContents() throws IOException {
        long bodies = parts.bodies();
        byte[] hook = hook("cut off", "x".repeat(3_000_000));
        try (Socket socket = peer.begun(hook.length)) {
            socket.getOutputStream().write(hook, 0, hook.length - 100_000);
        }
        assertThat(peer.post(java.util.Arrays.copyOf(hook, hook.length - 1)).code())
                .isEqualTo("json-malformed");

        CompletableFuture<Heard> next = sent("next", "Hello\r\n");
        topics.tell(received("next"), ScanVerdict.CLEAN, MailClass.HAM);
        assertThat(next.join().status()).isEqualTo(200);
        assertThat(receivedIds("cut off")).isEmpty();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(parts.bodies()).isEqualTo(bodies + 1));
    }

    @Test
    @Order(5)
    void losesNothingWhenKilledBetweenTheBodyAndTheAnswer() throws Exception {
        CompletableFuture<Heard> answer = sent("killed", "Hello\r\n");
        MessageId id = received("killed");
        // It is told before it is noted; killed in between, it would come again as another message.
        await().atMost(Duration.ofSeconds(20)).until(() -> parts.isNoted(id));
        service.kill();
        assertThat(answer).failsWithin(Duration.ofSeconds(10));
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);
        service = ServiceProcess.start("mta-hooks-again", configuration).ready();
        peer = new HookPeer(service.mtaHooksPort());

        comesAgainAndIsAcceptedAs(id, "killed");
        assertThat(receivedIds("killed")).containsExactly(id);
    }

    @Test
    @Order(6)
    void putsOffInTimeWhileTheDatabaseIsAwayAndHasTheVerdictWhenTheMailComesAgain() throws Exception {
        parts.takeDatabaseAway();
        long begin = System.nanoTime();
        CompletableFuture<Heard> first = sent("no database", "Hello\r\n");
        MessageId id = received("no database");
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);

        assertThat(first.join().reply()).startsWith("451 4.7.1");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_TIME);

        parts.giveDatabaseBack();

        comesAgainAndIsAcceptedAs(id, "no database");
    }

    @Test
    @Order(7)
    void putsOffAndKeepsNothingWhileTheStoreIsAway() throws Exception {
        parts.takeStoreAway();
        long begin = System.nanoTime();
        Heard first = sent("no store", "Hello\r\n").join();

        assertThat(first.reply()).startsWith("452 4.3.1");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_TIME);
        assertThat(receivedIds("no store")).isEmpty();

        parts.giveStoreBack();

        CompletableFuture<Heard> again = sent("no store", "Hello\r\n");
        MessageId id = received("no store");
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);
        assertThat(decided(again, "no store").action()).isEqualTo("accept");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.handedOver(id)).hasSize(1));
    }

    @Test
    @Order(8)
    void putsOffInTimeAndKeepsNothingWhileTheBrokerIsAwayAndGoesOnWhenItIsBack() {
        long bodies = parts.bodies();
        parts.takeBrokerAway();
        long begin = System.nanoTime();
        Heard first = sent("no broker", "Hello\r\n").join();

        assertThat(first.reply()).startsWith("451 4.");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_TIME);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(parts.bodies()).isEqualTo(bodies));

        parts.giveBrokerBack();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            sent("no broker", "Hello\r\n").join();
            assertThat(receivedIds("no broker")).isNotEmpty();
        });
        MessageId id = received("no broker");
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);
        comesAgainAndIsAcceptedAs(id, "no broker");
    }

    /** A mail server tries until it is answered; the verdict is that of the message as which it was taken in. */
    private void comesAgainAndIsAcceptedAs(MessageId id, String subject) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Heard heard = sent(subject, "Hello\r\n").join();
            assertThat(heard.action()).isEqualTo("accept");
            assertThat(heard.document().toString()).contains(id.toString());
        });
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.handedOver(id)).hasSize(1));
    }

    /** A busy machine may not judge within the short deadline; then the message comes again, as from any mail server. */
    private Heard decided(CompletableFuture<Heard> answer, String subject) {
        Heard first = answer.join();
        return first.action().equals("reject")
                ? await().atMost(Duration.ofSeconds(30))
                        .until(() -> sent(subject, "Hello\r\n").join(), again -> !again.action()
                                .equals("reject"))
                : first;
    }

    private CompletableFuture<Heard> sent(String subject, String contents) {
        return peer.sent(hook(subject, contents));
    }

    private static byte[] hook(String subject, String contents) {
        return HookPeer.hook(sender(subject), subject, contents, "bob@example.org")
                .getBytes(StandardCharsets.UTF_8);
    }

    private MessageId received(String subject) {
        return topics.awaitReceivedFrom(sender(subject));
    }

    private List<MessageId> receivedIds(String subject) {
        return topics.receivedFrom(sender(subject));
    }

    private static String sender(String subject) {
        return subject.replace(' ', '-') + "@example.com";
    }
}
