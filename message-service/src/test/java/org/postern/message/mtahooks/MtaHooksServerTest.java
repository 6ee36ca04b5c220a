package org.postern.message.mtahooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.Tenant;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailDirection;
import org.postern.message.desk.DeskTerms;
import org.postern.message.desk.LocalPartDesk;
import org.postern.message.intake.SmtpMail;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.metrics.PortMetrics;
import org.postern.message.mtahooks.HookPeer.Heard;
import org.postern.message.stamp.Stamps;
import org.postern.outbound.Network;

/**
 * The protocol over real HTTP, against a desk that decides by the recipient's local part. Requests and the answers to them
 * are files: {@code NAME.request.json}, {@code NAME.response.json} and, where it says something, the message that the desk
 * was handed, {@code NAME.eml}; what is refused is in {@code bad}, named after the code of its problem.
 */
class MtaHooksServerTest {
    /** Waited for in full where nobody answers; long enough for a busy machine to get round to all else. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration LATER = Duration.ofMillis(1_500);

    private static Vertx vertx;

    private final LocalPartDesk desk = new LocalPartDesk(LATER);
    private SimpleMeterRegistry registry;
    private MtaHooksServer server;
    private HookPeer peer;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void listen() {
        listen(false, "127.0.0.0/8", 100, Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<String> hooks() throws IOException {
        return names("", ".request.json");
    }

    static Stream<String> badHooks() throws IOException {
        return names("bad", ".json");
    }

    @ParameterizedTest
    @MethodSource("hooks")
    void answersAsTheFileSays(String name) {
        Heard heard = peer.post(HookPeer.file(name + ".request.json"));

        assertThat(heard.status()).isEqualTo(200);
        assertThat(heard.type()).isEqualTo("application/json");
        assertThat(heard.document()).isEqualTo(HookPeer.json(HookPeer.file(name + ".response.json")));
        if (HookPeer.class.getResource("/mta-hooks/" + name + ".eml") != null) {
            assertThat(text(desk.bodies.getFirst())).isEqualTo(text(HookPeer.file(name + ".eml")));
        }
    }

    @ParameterizedTest
    @MethodSource("badHooks")
    void refusesWhatIsNoHookAndKeepsNothingOfIt(String name) {
        Heard heard = peer.post(HookPeer.file("bad/" + name + ".json"));

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.type()).isEqualTo("application/problem+json");
        assertThat(heard.code()).isEqualTo(name.substring(0, name.indexOf('.')));
        assertThat(heard.document().toString()).doesNotContain("example");
        assertThat(desk.bodies).isEmpty();
        assertThat(desk.handedOver).isEmpty();
        assertThat(hangups("malformed")).isEqualTo(1);
    }

    @Test
    void asksAboutAMessageWhatTheMailServerTold() {
        peer.post(HookPeer.file("outbound.request.json"));
        peer.post(HookPeer.file("postmaster.request.json"));
        peer.post(HookPeer.file("as-the-manual-shows-it.request.json"));

        SmtpMail out = desk.mails.get(0);
        assertThat(out.direction()).isEqualTo(MailDirection.OUTBOUND);
        assertThat(out.session().authenticatedUser()).isEqualTo("ann");
        assertThat(out.session().queueId()).isEqualTo("1c4f");
        assertThat(out.client().ip()).isEqualTo("192.0.2.7");
        assertThat(out.client().helo()).isEqualTo("mail.example.com");
        assertThat(out.client().hostname()).isEqualTo("mail.example.com");
        assertThat(out.envelope().from().value()).isEqualTo("ann@example.com");
        SmtpMail in = desk.mails.get(1);
        assertThat(in.direction()).isEqualTo(MailDirection.INBOUND);
        assertThat(in.client().helo()).isNull();
        assertThat(in.session().queueId()).isNull();
        assertThat(in.envelope().recipients())
                .extracting(recipient -> recipient.value())
                .containsExactly("postmaster@mx.example.org", "Deliver@example.org");
        assertThat(desk.mails.get(2).client().helo()).isEqualTo("mail.example.com");
        assertThat(desk.mails.get(2).client().ip()).isEqualTo("2001:db8:0:0:0:0:0:7");
    }

    @Test
    void handsOverWhatWasHeardAndNothingElse() {
        peer.post(HookPeer.file("some-withheld.request.json"));
        peer.post(HookPeer.file("put-off.request.json"));
        peer.post(HookPeer.file("stage-rcpt.request.json"));

        await().untilAsserted(
                        () -> assertThat(desk.handedOver).singleElement().satisfies(answered -> assertThat(answered)
                                .extracting(RecipientJudgement::disposition)
                                .containsExactly(Disposition.DELIVER, Disposition.REJECT, Disposition.QUARANTINE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reject", "quarantine", "defer"})
    void stampsAndLetsEverythingThroughInShadowMode(String disposition) {
        server.close();
        listen(true, "127.0.0.0/8", 100, Duration.ofSeconds(30));

        Heard heard = peer.post(hook(disposition + "@example.org"));

        assertThat(heard.action()).isEqualTo("accept");
        assertThat(heard.document().at("/modifications/1/name").asText()).isEqualTo("X-Postern-Shadow-Disposition");
        assertThat(heard.document().at("/modifications/1/value").asText()).isEqualTo(disposition);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic !!!",
                "Basic Y29ycmVjdA==",
                "Bearer",
                "Bearer wrong-horse-battery-staple",
                "Bearer correct-horse-battery-stapl",
                "Digest correct-horse-battery-staple"
            })
    void letsNobodyInWithoutTheSecret(String authorization) {
        var request = peer.bare("/mta-hooks").POST(BodyPublishers.ofByteArray(hook("deliver@example.org")));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        Heard heard = peer.send(request).join();

        assertThat(heard.status()).isEqualTo(401);
        assertThat(heard.code()).isEqualTo("unauthenticated");
        assertThat(desk.mails).isEmpty();
        assertThat(hangups("unauthorised")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BASIC "})
    void takesTheSecretAsATokenOrAsAPasswordUnderAnyName(String scheme) {
        String shown = scheme.startsWith("BASIC")
                ? "BASIC" + HookPeer.basic(":" + HookPeer.SECRET).substring("Basic".length())
                : scheme + HookPeer.SECRET;
        Heard heard = peer.send(peer.bare("/mta-hooks")
                        .header("Authorization", shown)
                        .POST(BodyPublishers.ofByteArray(hook("deliver@example.org"))))
                .join();

        assertThat(heard.action()).isEqualTo("accept");
    }

    @Test
    void knowsNoSecretThatCouldBeGuessed() {
        assertThatThrownBy(() -> HookSecret.of("short")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HookSecret.of("sixteen letters \u00e9")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesHooksAtOnePlaceAndInOneForm() {
        byte[] hook = hook("deliver@example.org");
        assertThat(peer.send(peer.request("/").POST(BodyPublishers.ofByteArray(hook)))
                        .join()
                        .status())
                .isEqualTo(404);
        assertThat(peer.send(peer.request("/mta-hooks").GET()).join().status()).isEqualTo(405);
        assertThat(peer.send(peer.bare("/mta-hooks")
                                .header("Authorization", HookPeer.BASIC)
                                .header("Content-Type", "application/cbor")
                                .POST(BodyPublishers.ofByteArray(hook)))
                        .join()
                        .status())
                .isEqualTo(415);
        assertThat(peer.send(peer.bare("/mta-hooks")
                                .header("Authorization", HookPeer.BASIC)
                                .POST(BodyPublishers.ofByteArray(hook)))
                        .join()
                        .status())
                .as("without a media type, as some clients send")
                .isEqualTo(200);
    }

    @Test
    void hangsUpOnStrangersAndOnMoreThanTheMost() throws IOException {
        server.close();
        listen(false, "192.0.2.0/24", 100, Duration.ofSeconds(30));
        assertThat(isHungUpOn(connection())).isTrue();
        assertThat(hangups("stranger")).isEqualTo(1);

        server.close();
        listen(false, "127.0.0.0/8", 1, Duration.ofSeconds(30));
        try (Socket first = connection()) {
            await().until(() ->
                    registry.get("postern.mta.hooks.connections").gauge().value() == 1);
            assertThat(isHungUpOn(connection())).isTrue();
            assertThat(first.isClosed()).isFalse();
        }
        assertThat(hangups("full")).isEqualTo(1);
    }

    @Test
    void refusesABodyThatIsAnnouncedToBeLargerThanAnyMessage() throws IOException {
        try (Socket socket = peer.begun(1L << 30)) {
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
        assertThat(desk.mails).isEmpty();
    }

    @Test
    void refusesABodyThatIsLargerWithoutSayingSo() {
        byte[] hook = new String(hook("deliver@example.org"), StandardCharsets.UTF_8)
                .replace("\"size\"", "\"x\": \"" + "x".repeat(3_000_000) + "\", \"size\"")
                .getBytes(StandardCharsets.UTF_8);
        Heard heard = peer.send(peer.request("/mta-hooks")
                        .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(hook))))
                .join();

        assertThat(heard.status()).isEqualTo(413);
        assertThat(desk.bodies).isEmpty();
    }

    @Test
    void refusesAHeadThatIsTooLongAndOneOfTooManyFields() {
        String one = "[\"X-A\", \" " + "x".repeat(200) + "\\r\\n\"]";
        assertThat(peer.post(withHeaders(one, 800)).reply()).startsWith("552 5.3.4");
        assertThat(peer.post(withHeaders("[\"a\", \"\\r\\n\"]", DeskTerms.MOST_FIELDS + 1))
                        .reply())
                .startsWith("552 5.3.4");
        assertThat(peer.post(withHeaders("[\"" + "x".repeat(200_000) + "\", \"\"]", 1))
                        .reply())
                .startsWith("552 5.3.4");
        assertThat(desk.bodies).isEmpty();
        assertThat(peer.post(withHeaders(one, 100)).action()).isEqualTo("accept");
    }

    @Test
    void putsOffMoreRecipientsThanAreTaken() {
        String[] many = new String[101];
        for (int i = 0; i < many.length; i++) {
            many[i] = "deliver" + i + "@example.org";
        }
        assertThat(peer.post(hook(many)).reply()).startsWith("452 4.5.3 At most 100 recipients");
    }

    @Test
    void handsALongMessageOverAsItComes() {
        String text = "0123456789 \u00e9\u20ac\ud83d\ude00\r\n".repeat(20_000);
        peer.post(HookPeer.hook("a@example.com", "long", text, "deliver@example.org")
                .getBytes(StandardCharsets.UTF_8));

        assertThat(new String(desk.bodies.getFirst(), StandardCharsets.UTF_8)).endsWith("\r\n\r\n" + text);
    }

    @Test
    void countsMessagesInWhichBytesWereReplaced() {
        peer.post(HookPeer.hook("a@example.com", "x", "Gr\ufffd\ufffde\r\n", "deliver@example.org")
                .getBytes(StandardCharsets.UTF_8));
        peer.post(hook("deliver@example.org"));

        await().untilAsserted(() -> assertThat(
                        registry.get("postern.mta.hooks.replaced").counter().count())
                .isEqualTo(1));
    }

    @Test
    void keepsNothingOfAMessageWhoseMailServerVanishes() throws IOException {
        byte[] hook = HookPeer.hook("a@example.com", "x", "x".repeat(100_000), "deliver@example.org")
                .getBytes(StandardCharsets.UTF_8);
        try (Socket socket = peer.begun(hook.length)) {
            socket.getOutputStream().write(hook, 0, hook.length - 1000);
        }

        await().untilAsserted(() -> assertThat(desk.brokenOff).hasValue(1));
        await().untilAsserted(() -> assertThat(hangups("lost")).isEqualTo(1));
        assertThat(desk.bodies).isEmpty();
        assertThat(desk.handedOver).isEmpty();
    }

    @Test
    void hangsUpOnABodyThatDoesNotCome() throws IOException {
        server.close();
        listen(false, "127.0.0.0/8", 100, Duration.ofMillis(300));
        byte[] hook = HookPeer.hook("a@example.com", "x", "x".repeat(100_000), "deliver@example.org")
                .getBytes(StandardCharsets.UTF_8);
        try (Socket socket = peer.begun(hook.length)) {
            socket.getOutputStream().write(hook, 0, 50_000);
            assertThat(isHungUpOn(socket)).isTrue();
        }
        await().untilAsserted(() -> assertThat(desk.brokenOff).hasValue(1));
        assertThat(desk.bodies).isEmpty();
    }

    @Test
    void handsNothingOverWhereNobodyHearsTheAnswer() throws IOException {
        byte[] hook = hook("later@example.org");
        try (Socket socket = peer.begun(hook.length)) {
            socket.getOutputStream().write(hook);
            await().until(() -> desk.bodies.size() == 1);
        }

        await().untilAsserted(() -> assertThat(hangups("lost")).isEqualTo(1));
        assertThat(desk.handedOver).isEmpty();
    }

    @Test
    void putsOffWhatIsNotKnownInTime() {
        long begin = System.nanoTime();
        Heard heard = peer.post(hook("never@example.org"));

        assertThat(heard.reply()).startsWith("451 4.7.1");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(PATIENCE, PATIENCE.plusSeconds(10));
        assertThat(desk.handedOver).isEmpty();
    }

    @Test
    void answersManyAtOnce() {
        List<CompletableFuture<Heard>> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(peer.sent(hook("later@example.org")));
        }
        assertThat(all).allSatisfy(each -> assertThat(each.join().action()).isEqualTo("accept"));
        await().untilAsserted(() -> assertThat(registry.get("postern.mta.hooks.answers")
                        .tag("answer", "delivered")
                        .timer()
                        .count())
                .isEqualTo(60));
    }

    /** Real hooks with bytes changed, cut, doubled: each has an answer, and nothing is taken in that is not whole. */
    @Test
    void outlivesGarbage() throws IOException {
        long seed = Long.getLong("postern.fuzz.seed", 20261130);
        Random random = new Random(seed);
        List<byte[]> seeds =
                hooks().map(name -> HookPeer.file(name + ".request.json")).toList();
        for (int round = 0; round < 400; round++) {
            byte[] hook = seeds.get(random.nextInt(seeds.size())).clone();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                hook[random.nextInt(hook.length)] = (byte) random.nextInt(256);
            }
            Heard heard = peer.post(hook);
            assertThat(heard.status()).as("seed %d, round %d", seed, round).isIn(200, 400);
        }
        assertThat(peer.post(hook("deliver@example.org")).action()).isEqualTo("accept");
    }

    private static byte[] hook(String... to) {
        return HookPeer.hook("a@example.com", "x", "Hello\r\n", to).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withHeaders(String header, int times) {
        String headers = (header + ",").repeat(times);
        return new String(hook("deliver@example.org"), StandardCharsets.UTF_8)
                .replace("\"headers\":[", "\"headers\":[" + headers)
                .getBytes(StandardCharsets.UTF_8);
    }

    private double hangups(String why) {
        return registry.get("postern.mta.hooks.hangups")
                .tag("why", why)
                .counter()
                .count();
    }

    private Socket connection() throws IOException {
        Socket socket = new Socket(HookPeer.loopback(), server.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static boolean isHungUpOn(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            return in.read() < 0;
        } catch (IOException e) {
            return !(e instanceof java.net.SocketTimeoutException);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Stream<String> names(String folder, String end) throws IOException {
        URI root;
        try {
            root = HookPeer.class.getResource("/mta-hooks").toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        try (Stream<Path> files = Files.list(Path.of(root).resolve(folder))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .map(name -> name.substring(0, name.length() - end.length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private void listen(boolean shadow, String allowed, int mostConnections, Duration bodyWithin) {
        registry = new SimpleMeterRegistry();
        DeskTerms terms = new DeskTerms(Tenant.DEFAULT, "mx.example.org", shadow, List.of(), PATIENCE, 100_000, 100);
        server = MtaHooksServer.listen(
                vertx,
                new InetSocketAddress(HookPeer.loopback(), 0),
                desk,
                new Stamps("mx.example.org", false),
                new MtaHooksTerms(
                        terms,
                        HookSecret.of(HookPeer.SECRET),
                        List.of(Network.of(allowed)),
                        mostConnections,
                        Duration.ofSeconds(30),
                        bodyWithin,
                        2_000_000),
                PortMetrics.ofMtaHooks(registry));
        peer = new HookPeer(server.port());
    }
}
