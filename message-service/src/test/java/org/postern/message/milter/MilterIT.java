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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.postern.events.mail.MailHandedOver;
import org.postern.events.mail.MailPath;
import org.postern.events.mail.MailReceived;
import org.postern.events.mail.ScanVerdict;
import org.postern.message.Relay;
import org.postern.message.ServiceProcess;
import org.postern.message.TestTopics;
import org.postern.message.milter.MilterPeer.Said;
import org.postern.testsupport.KafkaBroker;
import org.postern.testsupport.OidcProvider;
import org.postern.testsupport.PostgresDatabase;
import org.postern.testsupport.StoreFolder;

/** The packaged service behind a mail server's protocol, and what happens when it is killed or a part is away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MilterIT {
    private static final String JDBC = "quarkus.datasource.jdbc.url";
    private static final Pattern URL = Pattern.compile("(.*:)([0-9]+)(/.*)");

    private final KafkaBroker kafka = new KafkaBroker();
    private final PostgresDatabase postgres = new PostgresDatabase();
    private final StoreFolder store = new StoreFolder();
    private final OidcProvider provider = new OidcProvider();
    private final Map<String, String> configuration = new HashMap<>();
    private Path policy;
    private Relay relay;
    private TestTopics topics;
    private ServiceProcess service;

    @BeforeAll
    void start() throws IOException {
        for (var part : List.of(kafka, postgres, store, provider)) {
            configuration.putAll(part.start());
        }
        Matcher url = URL.matcher(configuration.get(JDBC));
        assertThat(url.matches()).isTrue();
        relay = new Relay(Integer.parseInt(url.group(2)));
        configuration.put(JDBC, url.group(1) + relay.port() + url.group(3));
        policy = Files.createTempFile("policy", ".yaml");
        Files.writeString(policy, defaultPolicy());
        configuration.put("postern.policy.file", policy.toString());
        configuration.put("postern.policy.reload-every", "0.2S");
        configuration.put("postern.intake.deadline", "4S");
        configuration.put("postern.milter.authserv-id", "mx.example.org");
        configuration.put("postern.milter.outbound-recipients-per-hour", "3");
        topics = new TestTopics(configuration.get("kafka.bootstrap.servers"));
        service = ServiceProcess.start("milter", configuration).ready();
    }

    @AfterAll
    void stop() throws InterruptedException {
        service.close();
        topics.close();
        relay.close();
        provider.stop();
        store.stop();
        postgres.stop();
        kafka.stop();
    }

    @Test
    @Order(1)
    void stampsWhatItDeliversAndHandsItOver() throws Exception {
        CompletableFuture<List<Said>> answer = sent("clean", "bob@example.org");
        MessageId id = received("clean");
        tell(id, ScanVerdict.CLEAN, MailClass.HAM);

        assertThat(decided(answer, "clean"))
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
        await().untilAsserted(() -> assertThat(handedOver(id)).singleElement().satisfies(handed -> {
            assertThat(handed.path()).isEqualTo(MailPath.MILTER);
            assertThat(handed.recipients().getFirst().disposition()).isEqualTo(Disposition.DELIVER);
        }));
    }

    @Test
    @Order(2)
    void putsOffWhatAnEngineDoesNotAnswerAndHasTheVerdictWhenItComesAgain() throws Exception {
        long bodies = stored();
        long begin = System.nanoTime();
        CompletableFuture<List<Said>> first = sent("engine down", "bob@example.org");
        MessageId id = received("engine down");
        tell(id, ScanVerdict.INCONCLUSIVE, MailClass.HAM);

        assertThat(first.get()).singleElement().satisfies(said -> assertThat(readable(said))
                .startsWith("y 451 4.7.1"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        assertThat(handedOver(id)).isEmpty();

        topics.tell(TestTopics.scanned(id, 2, ScanVerdict.INFECTED));
        await().untilAsserted(
                        () -> assertThat(sent("engine down", "bob@example.org").get())
                                .singleElement()
                                .isEqualTo(new Said('y', "550 5.7.1 The message is refused: infected (" + id + ")\0")));
        assertThat(receivedIds("engine down")).containsExactly(id);
        assertThat(stored()).as("bodies kept").isEqualTo(bodies + 1);
        await().untilAsserted(() -> assertThat(handedOver(id)).hasSize(1));
    }

    @Test
    @Order(3)
    void losesNothingWhenKilledBetweenTheBodyAndTheAnswer() throws Exception {
        CompletableFuture<List<Said>> answer = sent("killed", "bob@example.org");
        MessageId id = received("killed");
        service.kill();
        assertThat(answer).failsWithin(Duration.ofSeconds(10));
        tell(id, ScanVerdict.CLEAN, MailClass.HAM);
        service = ServiceProcess.start("milter-again", configuration).ready();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        sent("killed", "bob@example.org").get())
                .contains(new Said('i', "\0\0\0\1X-Postern-Message\0 " + id + "\0"))
                .last()
                .isEqualTo(new Said('a', "")));
        assertThat(receivedIds("killed")).containsExactly(id);
        await().untilAsserted(() -> assertThat(handedOver(id)).hasSize(1));
    }

    @Test
    @Order(4)
    void putsOffInTimeWhileTheDatabaseIsAway() throws Exception {
        relay.cut();
        long begin = System.nanoTime();
        CompletableFuture<List<Said>> first = sent("no database", "bob@example.org");
        MessageId id = received("no database");
        tell(id, ScanVerdict.CLEAN, MailClass.HAM);

        assertThat(first.get()).singleElement().satisfies(said -> assertThat(readable(said))
                .startsWith("y 451 4.7.1"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));

        relay.mend();
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
        tell(received("out 1"), ScanVerdict.CLEAN, MailClass.SPAM);
        assertThat(first.get()).last().isEqualTo(new Said('a', ""));

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
        tell(id, ScanVerdict.CLEAN, MailClass.HAM);
        assertThat(decided(first, "policy")).last().isEqualTo(new Said('a', ""));

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
            tell(received("fits"), ScanVerdict.CLEAN, MailClass.HAM);
            assertThat(answer.get()).last().isEqualTo(new Said('a', ""));
        }
    }

    /** A busy machine may not judge within the short deadline; then the message comes again, as from any mail server. */
    private List<Said> decided(CompletableFuture<List<Said>> answer, String subject) throws Exception {
        List<Said> first = answer.get();
        return isPutOff(first)
                ? await().atMost(Duration.ofSeconds(30))
                        .until(() -> sent(subject, "bob@example.org").get(), again -> !isPutOff(again))
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
            peer.envelope(tag(subject) + "@example.com", recipients);
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
            return peer.message(subject, tag(subject) + "@example.com", to);
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
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> receivedIds(subject), ids -> !ids.isEmpty())
                .getFirst();
    }

    private List<MessageId> receivedIds(String subject) {
        return topics.records(Topic.MAIL_RECEIVED)
                .filter(record -> record.value().contains("\"" + tag(subject) + "@example.com\""))
                .map(record -> MessageId.of(record.key()))
                .toList();
    }

    private List<MailHandedOver> handedOver(MessageId id) {
        return topics.told(Topic.MAIL_HANDED_OVER, MailHandedOver.class, id);
    }

    private void tell(MessageId id, ScanVerdict verdict, MailClass mailClass) {
        topics.tell(TestTopics.scanned(id, 1, verdict));
        topics.tell(TestTopics.assessed(id, 1, mailClass));
    }

    private long stored() {
        try (Stream<Path> files = Files.walk(Path.of(configuration.get("postern.store.root")))) {
            return files.filter(file -> file.toString().endsWith(".body")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(String subject) {
        return subject.replace(' ', '-');
    }

    private static String readable(Said said) {
        String data = said.data();
        String text = "im".indexOf(said.code()) < 0 ? data : data.substring(4).replaceFirst("\0", ":");
        return (said.code() + " " + text.replace("\0", "")).strip();
    }
}
