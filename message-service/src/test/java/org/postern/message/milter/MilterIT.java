package org.postern.message.milter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
import org.postern.message.milter.MilterPeer.Said;

/** The packaged service behind a mail server's protocol, and what happens when it is killed or a part is away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MilterIT {
    private RealParts parts;
    private Map<String, String> configuration;
    private Path policy;
    private TestTopics topics;
    private ServiceProcess service;

    @BeforeAll
    void start() throws IOException {
        parts = RealParts.start();
        configuration = parts.configuration();
        policy = Files.createTempFile("policy", ".yaml");
        Files.writeString(policy, defaultPolicy());
        configuration.put("postern.policy.file", policy.toString());
        configuration.put("postern.policy.reload-every", "0.2S");
        configuration.put("postern.intake.deadline", "4S");
        configuration.put("postern.milter.authserv-id", "mx.example.org");
        configuration.put("postern.milter.outbound-recipients-per-hour", "3");
        topics = parts.topics();
        service = ServiceProcess.start("milter", configuration).ready();
    }

    @AfterAll
    void stop() throws InterruptedException {
        service.close();
        topics.close();
        parts.close();
    }

    @Test
    @Order(1)
    void stampsWhatItDeliversAndHandsItOver() throws Exception {
        CompletableFuture<List<Said>> answer = sent("clean", "bob@example.org");
        MessageId id = received("clean");
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);

        assertThat(decided(answer, () -> sent("clean", "bob@example.org")))
                .extracting(MilterIT::readable)
                .containsExactly(
                        "i Authentication-Results: mx.example.org;\n"
                                + "\tspf=pass;\n"
                                + "\tdkim=none;\n"
                                + "\tdmarc=pass (p=none);\n"
                                + "\tarc=none",
                        "i X-Postern-Message: " + id,
                        "i X-Postern-Disposition: deliver",
                        "i X-Postern-Verdict: scan=clean; class=ham; score=1.50/15.00",
                        "i X-Postern-Reason: nothing-found",
                        "a");
        MailReceived event =
                topics.told(Topic.MAIL_RECEIVED, MailReceived.class, id).getFirst();
        assertThat(event.path()).isEqualTo(MailPath.MILTER);
        assertThat(event.direction()).isEqualTo(MailDirection.INBOUND);
        assertThat(event.client().ip()).isEqualTo("192.0.2.7");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(topics.handedOver(id))
                .singleElement()
                .satisfies(handed -> {
                    assertThat(handed.path()).isEqualTo(MailPath.MILTER);
                    assertThat(handed.recipients().getFirst().disposition()).isEqualTo(Disposition.DELIVER);
                }));
    }

    @Test
    @Order(2)
    void putsOffWhatAnEngineDoesNotAnswerAndHasTheVerdictWhenItComesAgain() throws Exception {
        long bodies = parts.bodies();
        long begin = System.nanoTime();
        CompletableFuture<List<Said>> first = sent("engine down", "bob@example.org");
        MessageId id = received("engine down");
        topics.tell(id, ScanVerdict.INCONCLUSIVE, MailClass.HAM);

        assertThat(first.get()).singleElement().satisfies(said -> assertThat(readable(said))
                .startsWith("y 451 4.7.1"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        topics.staysUnanswered(id);

        topics.tell(TestTopics.scanned(id, 2, ScanVerdict.INFECTED));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        sent("engine down", "bob@example.org").get())
                .singleElement()
                .isEqualTo(new Said('y', "550 5.7.1 The message is refused: infected (" + id + ")\0")));
        assertThat(receivedIds("engine down")).containsExactly(id);
        assertThat(parts.bodies()).as("bodies kept").isEqualTo(bodies + 1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.handedOver(id)).hasSize(1));
    }

    @Test
    @Order(3)
    void losesNothingWhenKilledBetweenTheBodyAndTheAnswer() throws Exception {
        CompletableFuture<List<Said>> answer = sent("killed", "bob@example.org");
        MessageId id = received("killed");
        // It is told before it is noted; killed in between, it would come again as another message.
        await().atMost(Duration.ofSeconds(20)).until(() -> parts.isNoted(id));
        service.kill();
        assertThat(answer).failsWithin(Duration.ofSeconds(10));
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);
        service = ServiceProcess.start("milter-again", configuration).ready();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        sent("killed", "bob@example.org").get())
                .contains(new Said('i', "\0\0\0\1X-Postern-Message\0 " + id + "\0"))
                .last()
                .isEqualTo(new Said('a', "")));
        assertThat(receivedIds("killed")).containsExactly(id);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.handedOver(id)).hasSize(1));
    }

    @Test
    @Order(4)
    void putsOffInTimeWhileTheDatabaseIsAway() throws Exception {
        parts.takeDatabaseAway();
        long begin = System.nanoTime();
        CompletableFuture<List<Said>> first = sent("no database", "bob@example.org");
        MessageId id = received("no database");
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);

        assertThat(first.get()).singleElement().satisfies(said -> assertThat(readable(said))
                .startsWith("y 451 4.7.1"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));

        parts.giveDatabaseBack();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        sent("no database", "bob@example.org").get())
                .last()
                .isEqualTo(new Said('a', "")));
        assertThat(receivedIds("no database")).contains(id);
    }

    @Test
    @Order(5)
    void countsWhatAUserSends() throws Exception {
        CompletableFuture<List<Said>> first = sentBy("ann", "out 1", "x@a.example", "y@a.example");
        topics.tell(received("out 1"), ScanVerdict.CLEAN, MailClass.SPAM);
        assertThat(decided(first, () -> sentBy("ann", "out 1", "x@a.example", "y@a.example")))
                .last()
                .isEqualTo(new Said('a', ""));

        assertThat(sentBy("ann", "out 2", "x@a.example", "y@a.example").get())
                .singleElement()
                .satisfies(said -> assertThat(readable(said)).startsWith("y 451 4.7.1 Too many recipients"));
        assertThat(receivedIds("out 2")).isEmpty();
    }

    @Test
    @Order(6)
    void judgesAMessageThatComesAgainByThePolicyOfNow() throws Exception {
        CompletableFuture<List<Said>> first = sent("policy", "bob@example.org");
        MessageId id = received("policy");
        topics.tell(id, ScanVerdict.CLEAN, MailClass.HAM);
        assertThat(decided(first, () -> sent("policy", "bob@example.org")))
                .last()
                .isEqualTo(new Said('a', ""));

        Files.writeString(policy, """
            version: 1
            rules: [{name: none, then: {disposition: reject, reason: closed, text: Nobody is let in.}}]
            """);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        sent("policy", "bob@example.org").get())
                .singleElement()
                .isEqualTo(new Said('y', "550 5.7.1 The message is refused: closed (" + id + ")\0")));
        assertThat(receivedIds("policy")).containsExactly(id);
        Files.writeString(policy, defaultPolicy());
    }

    private static String defaultPolicy() throws IOException {
        try (InputStream in = MilterIT.class.getResourceAsStream("/policy.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @Order(7)
    void refusesCleanlyWhileTheDiskIsFullAndRecovers() throws Exception {
        Path root = Files.createTempDirectory("full");
        Map<String, String> onSmallDisk = new HashMap<>(configuration);
        onSmallDisk.put("postern.store.root", root.toString());
        try (ServiceProcess small = ServiceProcess.startOnSmallDisk("small-disk", onSmallDisk, root, "3m")
                .ready()) {
            assertThat(sent(small, "full", 4_000_000, "bob@example.org").get())
                    .singleElement()
                    .satisfies(said -> assertThat(readable(said)).startsWith("y 452 4.3.1"));
            assertThat(receivedIds("full")).isEmpty();
            try (Stream<Path> kept = Files.walk(small.seesFolder(root))) {
                assertThat(kept.filter(Files::isRegularFile)).isEmpty();
            }

            CompletableFuture<List<Said>> answer = sent(small, "fits", 100, "bob@example.org");
            topics.tell(received("fits"), ScanVerdict.CLEAN, MailClass.HAM);
            assertThat(decided(answer, () -> sent(small, "fits", 100, "bob@example.org")))
                    .last()
                    .isEqualTo(new Said('a', ""));
        }
    }

    /** A busy machine may not judge within the short deadline; then the message comes again, as from any mail server. */
    private List<Said> decided(
            CompletableFuture<List<Said>> answer, Supplier<CompletableFuture<List<Said>>> comingAgain)
            throws Exception {
        List<Said> first = answer.get();
        return isPutOff(first)
                ? await().atMost(Duration.ofSeconds(30))
                        .until(() -> comingAgain.get().get(), again -> !isPutOff(again))
                : first;
    }

    private static boolean isPutOff(List<Said> answer) {
        return readable(answer.getFirst()).startsWith("y 451");
    }

    private CompletableFuture<List<Said>> sent(String subject, String... to) {
        return sent(service, subject, 10, to);
    }

    private CompletableFuture<List<Said>> sent(ServiceProcess to, String subject, int size, String... recipients) {
        return talk(to, peer -> {
            peer.envelope(sender(subject), recipients);
            peer.send('L', "From", " Ann <ann@example.com>");
            peer.send('L', "Subject", " " + subject);
            peer.send('N', new byte[0]);
            for (int left = size; left > 0; left -= 60_000) {
                peer.send('B', "x".repeat(Math.min(left, 60_000)).getBytes(StandardCharsets.US_ASCII));
            }
            peer.send('E', new byte[0]);
            return peer.answer();
        });
    }

    private CompletableFuture<List<Said>> sentBy(String user, String subject, String... to) {
        return talk(service, peer -> {
            peer.send('D', MilterPeer.withCommand('M', "{auth_authen}", user));
            return peer.message(subject, sender(subject), to);
        });
    }

    private interface Talk {
        List<Said> with(MilterPeer peer) throws IOException;
    }

    private static CompletableFuture<List<Said>> talk(ServiceProcess to, Talk talk) {
        return CompletableFuture.supplyAsync(() -> {
            try (MilterPeer peer = new MilterPeer(to.milterPort())) {
                peer.connect("192.0.2.7");
                return talk.with(peer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
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

    private static String readable(Said said) {
        String data = said.data();
        String text = "im".indexOf(said.code()) < 0 ? data : data.substring(4).replaceFirst("\0", ":");
        return (said.code() + " " + text.replace("\0", "")).strip();
    }
}
