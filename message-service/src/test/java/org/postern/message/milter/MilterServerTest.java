package org.postern.message.milter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.events.mail.Disposition;
import org.postern.events.mail.MailDirection;
import org.postern.message.desk.DeskTerms;
import org.postern.message.desk.LocalPartDesk;
import org.postern.message.intake.SmtpMail;
import org.postern.message.judgement.RecipientJudgement;
import org.postern.message.metrics.PortMetrics;
import org.postern.message.milter.MilterPeer.Said;
import org.postern.message.stamp.Stamps;
import org.postern.outbound.Network;

/** The protocol against a desk that decides by the recipient's local part. Real mail servers are in MilterE2E. */
class MilterServerTest {
    private static final MessageId ID = LocalPartDesk.ID;
    /** Waited for in full where nobody answers; long enough for a busy machine to get round to all else. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration LATER = Duration.ofMillis(1_500);

    private final LocalPartDesk desk = new LocalPartDesk(LATER);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private MilterServer server;

    @BeforeEach
    void listen() {
        server = server(false, false, "127.0.0.0/8");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void puts_the_bytes_together_as_they_were_sent() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            peer.envelope("ann@example.com", "bob@example.org");
            peer.send('L', "DKIM-Signature", " v=1; a=rsa-sha256;\n\tb=abc\n  def");
            peer.send('L', "X-No-Space", "tight");
            peer.send('L', "X-Two", "  two spaces ");
            peer.send('L', "X-Empty", "");
            peer.send('L', "Subject", " Gr\u00fc\u00dfe \ud83d\ude00");
            peer.send('N', new byte[0]);
            peer.send('B', new byte[] {'a', 0, (byte) 0xff, '\r', '\n', '.', '\r', '\n'});
            peer.send('E', "tail\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.answer()).last().isEqualTo(new Said('a', ""));
        }

        assertThat(new String(desk.bodies.getFirst(), StandardCharsets.ISO_8859_1))
                .isEqualTo(new String(
                                "DKIM-Signature: v=1; a=rsa-sha256;\r\n\tb=abc\r\n  def\r\nX-No-Space:tight\r\nX-Two:  two spaces \r\nX-Empty:\r\nSubject: Gr\u00fc\u00dfe \ud83d\ude00\r\n\r\na"
                                        .getBytes(StandardCharsets.UTF_8),
                                StandardCharsets.ISO_8859_1)
                        + "\0\u00ff\r\n.\r\ntail\r\n");
    }

    @Test
    void writes_the_space_itself_for_a_mail_server_that_keeps_it() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            Said agreed = peer.negotiate(MilterPeer.ALL_ACTIONS, 0);
            assertThat(agreed.code()).isEqualTo('O');
            peer.send('M', "<>");
            assertThat(peer.read().code()).isEqualTo('c');
            peer.send('R', "<bob@example.org>");
            assertThat(peer.read().code()).isEqualTo('c');
            peer.send('L', "Subject", "old");
            assertThat(peer.read().code()).isEqualTo('c');
            peer.send('N', new byte[0]);
            assertThat(peer.read().code()).isEqualTo('c');
            peer.send('B', "x\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.read().code()).isEqualTo('c');
            peer.send('E', new byte[0]);
            assertThat(peer.answer().getFirst().data()).startsWith("\0\0\0\0X-Postern-Message\0" + ID);
        }

        assertThat(new String(desk.bodies.getFirst(), StandardCharsets.US_ASCII))
                .isEqualTo("Subject: old\r\n\r\nx\r\n");
        assertThat(desk.mails.getFirst().envelope().from().value()).isEmpty();
    }

    @Test
    void tells_what_the_mail_server_told_of_client_user_and_queue() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            peer.send('D', MilterPeer.withCommand('M', "{auth_authen}", "ann", "i", "4XyzQ1"));
            peer.message("one", "ann@example.com", "bob@example.org");
            peer.message("two", "ann@example.com", "<postmaster".substring(1), "B\u00f6b@example.org");
        }

        SmtpMail first = desk.mails.get(0);
        assertThat(first.client().ip()).isEqualTo("192.0.2.7");
        assertThat(first.client().helo()).isEqualTo("mail.example.com");
        assertThat(first.client().hostname()).isEqualTo("mail.example.com");
        assertThat(first.direction()).isEqualTo(MailDirection.OUTBOUND);
        assertThat(first.session().authenticatedUser()).isEqualTo("ann");
        assertThat(first.session().queueId()).isEqualTo("4XyzQ1");
        SmtpMail second = desk.mails.get(1);
        assertThat(second.direction())
                .as("who logged in was told of the first message only")
                .isEqualTo(MailDirection.INBOUND);
        assertThat(second.envelope().recipients())
                .extracting(recipient -> recipient.value())
                .containsExactly("postmaster@mx.example.org", "B\u00f6b@example.org");
    }

    @Test
    void takes_recipients_out_that_are_refused_or_quarantined() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            List<Said> answer = peer.message(
                    "mixed", "ann@example.com", "deliver@example.org", "REJECT@example.org", "quarantine@example.org");

            assertThat(answer)
                    .filteredOn(said -> said.code() == '-')
                    .extracting(Said::data)
                    .containsExactlyInAnyOrder("<quarantine@example.org>\0", "<REJECT@example.org>\0");
            assertThat(answer).last().isEqualTo(new Said('a', ""));
        }

        await().untilAsserted(
                        () -> assertThat(desk.handedOver).singleElement().satisfies(answered -> assertThat(answered)
                                .extracting(RecipientJudgement::disposition)
                                .containsExactly(Disposition.DELIVER, Disposition.REJECT, Disposition.QUARANTINE)));
    }

    @Test
    void answers_by_the_table() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            assertThat(peer.message("1", "a@example.com", "reject@a.example", "reject@b.example"))
                    .singleElement()
                    .isEqualTo(new Said('y', "550 5.7.1 The message is refused: reject (" + ID + ")\0"));
            assertThat(peer.message("2", "a@example.com", "quarantine@a.example", "reject@b.example"))
                    .singleElement()
                    .isEqualTo(new Said('d', ""));
            assertThat(peer.message("3", "a@example.com", "deliver@a.example", "defer@b.example"))
                    .singleElement()
                    .satisfies(said -> assertThat(said.data()).startsWith("451 4.7.1"));
            assertThat(peer.message("4", "a@example.com", "junk@a.example"))
                    .contains(new Said('i', "\0\0\0\1X-Postern-Disposition\0 junk\0"))
                    .last()
                    .isEqualTo(new Said('a', ""));
        }
        await().untilAsserted(() -> assertThat(desk.handedOver).hasSize(3));
    }

    @Test
    void holds_what_is_quarantined_for_everybody_where_it_is_to() throws IOException {
        server.close();
        server = server(false, true, "127.0.0.0/8");
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            assertThat(peer.message("1", "a@example.com", "quarantine@a.example"))
                    .contains(new Said('q', "Postern " + ID + "\0"))
                    .last()
                    .isEqualTo(new Said('a', ""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reject", "quarantine", "defer"})
    void stamps_and_lets_everything_through_in_shadow_mode(String disposition) throws IOException {
        server.close();
        server = server(true, false, "127.0.0.0/8");
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            assertThat(peer.message("1", "a@example.com", disposition + "@a.example"))
                    .contains(new Said('i', "\0\0\0\1X-Postern-Shadow-Disposition\0 " + disposition + "\0"))
                    .last()
                    .isEqualTo(new Said('a', ""));
        }
    }

    @Test
    void takes_forged_fields_out_from_the_lowest_up() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            peer.envelope("a@example.com", "deliver@example.org");
            peer.send('L', "X-Postern-Disposition", " deliver");
            peer.send('L', "Authentication-Results", " other.example.net; spf=pass");
            peer.send('L', "authentication-results", " (hi) MX.example.org 1; spf=pass");
            peer.send('L', "x-postern-disposition", " deliver");
            peer.send('E', new byte[0]);
            assertThat(peer.answer())
                    .filteredOn(said -> said.code() == 'm')
                    .extracting(Said::data)
                    .containsExactly(
                            "\0\0\0\2x-postern-disposition\0\0",
                            "\0\0\0\2authentication-results\0\0",
                            "\0\0\0\1X-Postern-Disposition\0\0");
        }
    }

    @Test
    void lets_a_released_message_through_without_its_pass() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            peer.envelope("a@example.com", "released@example.org");
            peer.send('L', "X-Postern-Release", " pass");
            peer.send('L', "Subject", " x");
            peer.send('L', "X-POSTERN-release ", " another");
            peer.send('E', new byte[0]);

            assertThat(peer.answer())
                    .containsExactly(
                            new Said('m', "\0\0\0\2X-POSTERN-release \0\0"),
                            new Said('m', "\0\0\0\1X-Postern-Release\0\0"),
                            new Said('i', "\0\0\0\0X-Postern-Message\0 " + ID + "\0"),
                            new Said('i', "\0\0\0\1X-Postern-Disposition\0 deliver\0"),
                            new Said('i', "\0\0\0\2X-Postern-Reason\0 released\0"),
                            new Said('a', ""));
        }
        assertThat(desk.handedOver).isEmpty();
    }

    @Test
    void measures_what_it_answers_and_whom_it_hangs_up_on() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            assertThat(registry.get("postern.milter.connections").gauge().value())
                    .isEqualTo(1);
            peer.message("1", "a@example.com", "deliver@example.org", "quarantine@example.org");
            peer.message("2", "a@example.com", "defer@example.org");
        }
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.send('E', new byte[0]);
            assertThat(peer.isHungUpOn()).isTrue();
        }

        await().untilAsserted(() -> {
            for (String answer : List.of("delivered-to-some", "put-off")) {
                assertThat(registry.get("postern.milter.answers")
                                .tag("answer", answer)
                                .timer()
                                .count())
                        .isEqualTo(1);
            }
            assertThat(registry.get("postern.milter.hangups")
                            .tag("why", "malformed")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("postern.milter.connections").gauge().value())
                    .isZero();
        });
    }

    @Test
    void keeps_nothing_of_a_message_whose_client_vanishes() throws IOException {
        MilterPeer peer = new MilterPeer(server.port());
        peer.connect("192.0.2.7");
        peer.envelope("a@example.com", "deliver@example.org");
        peer.send('L', "Subject", " gone");
        peer.send('N', new byte[0]);
        peer.send('B', new byte[60_000]);
        peer.close();

        await().untilAsserted(() -> assertThat(desk.brokenOff).hasValue(1));
        assertThat(desk.bodies).isEmpty();
        assertThat(desk.handedOver).isEmpty();
    }

    @Test
    void begins_anew_after_an_abort() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            peer.envelope("a@example.com", "deliver@example.org");
            peer.send('L', "Subject", " one");
            peer.send('A', new byte[0]);
            assertThat(peer.message("two", "b@example.com", "deliver@example.org"))
                    .last()
                    .isEqualTo(new Said('a', ""));
        }
        await().untilAsserted(() -> assertThat(desk.brokenOff).hasValue(1));
        assertThat(desk.bodies).hasSize(1);
    }

    @Test
    void puts_off_what_is_not_known_in_time_and_hands_nothing_over() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            long begin = System.nanoTime();
            assertThat(peer.message("slow", "a@example.com", "never@example.org"))
                    .singleElement()
                    .satisfies(said -> assertThat(said.data()).startsWith("451 4.7.1"));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(PATIENCE, PATIENCE.plusSeconds(10));
            assertThat(peer.message("next", "a@example.com", "deliver@example.org"))
                    .last()
                    .isEqualTo(new Said('a', ""));
        }
        await().untilAsserted(() -> assertThat(desk.handedOver).hasSize(1));
    }

    @Test
    void hands_nothing_over_where_nobody_hears_the_answer() throws Exception {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            peer.envelope("a@example.com", "later@example.org");
            peer.send('L', "Subject", " gone");
            peer.send('E', new byte[0]);
        }
        await().untilAsserted(() -> assertThat(desk.bodies).hasSize(1));
        // One more message through the same server: by its end the first is done with too.
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            peer.message("two", "a@example.com", "later@example.org");
        }
        await().untilAsserted(() -> assertThat(desk.handedOver).hasSize(1));
    }

    @Test
    void hangs_up_on_who_is_not_allowed_and_on_who_cannot_do_what_is_needed() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.send('O', new byte[] {0, 0, 0, 6, 0, 0, 0, 1, 0, 0, 0, 0});
            assertThat(peer.isHungUpOn()).isTrue();
        }
        server.close();
        server = server(false, false, "192.0.2.0/24");
        try (MilterPeer peer = new MilterPeer(server.port())) {
            assertThat(peer.isHungUpOn()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"E", "B", "N", "R", "T", "L", "O", "?", "D"})
    void hangs_up_on_commands_out_of_order(String command) throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            peer.send(command.charAt(0), new byte[0]);
            assertThat(peer.isHungUpOn()).isTrue();
        }
        assertThat(desk.mails).isEmpty();
    }

    @Test
    void refuses_an_envelope_that_cannot_be_read_and_a_head_that_is_too_long() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            assertThat(peer.message("1", "a b@example.com", "deliver@example.org"))
                    .singleElement()
                    .satisfies(said -> assertThat(said.data()).startsWith("553 5.1.7"));
            assertThat(peer.message("2", "a@example.com", "deliver@exa mple.org"))
                    .singleElement()
                    .satisfies(said -> assertThat(said.data()).startsWith("553 5.1.3"));
            peer.envelope("a@example.com", "deliver@example.org");
            for (int i = 0; i < 3; i++) {
                peer.send('L', "X-Long-" + i, "x".repeat(50_000));
            }
            peer.send('E', new byte[0]);
            assertThat(peer.answer()).singleElement().satisfies(said -> assertThat(said.data())
                    .startsWith("552 5.3.4"));
            assertThat(peer.message("3", "a@example.com", "deliver@example.org"))
                    .last()
                    .isEqualTo(new Said('a', ""));
        }
    }

    @Test
    void refuses_more_fields_than_any_mail_has() throws IOException {
        try (MilterPeer peer = new MilterPeer(server.port())) {
            peer.connect("192.0.2.7");
            peer.envelope("a@example.com", "deliver@example.org");
            for (int i = 0; i <= DeskTerms.MOST_FIELDS; i++) {
                peer.send('L', "X-Postern-A", "");
            }
            peer.send('E', new byte[0]);
            assertThat(peer.answer()).singleElement().satisfies(said -> assertThat(said.data())
                    .startsWith("552 5.3.4"));
        }
    }

    /** Real conversations with bytes changed, cut, doubled: the server answers or hangs up, and serves the next one. */
    @Test
    void outlives_garbage() throws Exception {
        long seed = Long.getLong("postern.fuzz.seed", 20261125);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            byte[] talk = garbled(conversation(), random);
            try (MilterPeer peer = new MilterPeer(server.port())) {
                peer.raw(talk);
            } catch (IOException e) {
                // Hung up on in the middle.
            }
        }
        // Hung up on as long as it has as many of those as it takes.
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    try (MilterPeer peer = new MilterPeer(server.port())) {
                        peer.connect("192.0.2.7");
                        assertThat(peer.message("after", "a@example.com", "deliver@example.org"))
                                .as("seed %d", seed)
                                .last()
                                .isEqualTo(new Said('a', ""));
                    }
                });
    }

    private static byte[] garbled(byte[] talk, Random random) {
        byte[] bytes = talk.clone();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int cut = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, cut);
        if (random.nextInt(5) == 0) {
            out.write(bytes, 0, bytes.length);
        }
        return out.toByteArray();
    }

    private static byte[] conversation() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frame(all, 'O', new byte[] {0, 0, 0, 6, 0, 0, 1, (byte) 0xff, 0, 0x1f, (byte) 0xff, (byte) 0xff});
        frame(all, 'D', MilterPeer.withCommand('C', "j", "mx.example.org"));
        frame(all, 'C', "host\0004  192.0.2.1\0".getBytes(StandardCharsets.US_ASCII));
        frame(all, 'H', "host\0".getBytes(StandardCharsets.US_ASCII));
        frame(all, 'M', "<a@example.com>\0".getBytes(StandardCharsets.US_ASCII));
        frame(all, 'R', "<deliver@example.org>\0".getBytes(StandardCharsets.US_ASCII));
        frame(all, 'T', new byte[0]);
        frame(all, 'L', "Subject\0 x\0".getBytes(StandardCharsets.US_ASCII));
        frame(all, 'N', new byte[0]);
        frame(all, 'B', "text\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(all, 'E', new byte[0]);
        frame(all, 'Q', new byte[0]);
        return all.toByteArray();
    }

    private static void frame(ByteArrayOutputStream out, char code, byte[] data) {
        int length = data.length + 1;
        out.writeBytes(new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
        out.write(code);
        out.writeBytes(data);
    }

    private MilterServer server(boolean shadow, boolean hold, String allowed) {
        DeskTerms terms = new DeskTerms(Tenant.DEFAULT, "mx.example.org", shadow, List.of(), PATIENCE, 100_000, 100);
        MilterTerms milter = new MilterTerms(terms, hold, Duration.ofSeconds(30));
        return MilterServer.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                desk,
                new Stamps("mx.example.org", false),
                milter,
                List.of(Network.of(allowed)),
                100,
                PortMetrics.ofMilter(registry));
    }
}
