package org.postern.message.quarantine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.ContentHash;
import org.postern.events.EventId;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;
import org.postern.message.quarantine.ReleasePasses.Pass;

class ReleasePassesTest {
    private static final MessageId ID = MessageId.random();
    private static final MailAddress BOB = MailAddress.of("bob@example.org");
    private static final MailAddress EVE = MailAddress.of("eve@example.org");
    private static final String MAIL = "From: ann@example.com\r\n"
            + "Subject: x\r\n"
            + "\tfolded\r\n"
            + "X-Postern-Release: of somebody else\r\n\r\n"
            + ".text\r\n\r\n";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T12:00:00Z"));
    private final Set<EventId> used = new HashSet<>();
    private final ReleasePasses passes = passes((byte) 1);

    @Test
    void lets_a_released_mail_through_once_whatever_is_put_above_it() throws IOException {
        String pass = pass(MAIL, BOB);

        String came = "Received: from postern\r\n\tby mx; now\r\nx-postern-RELEASE:\r\n  " + pass + "\r\n" + MAIL;

        assertThat(redeemed(came, BOB)).contains(new Pass(ID));
        assertThat(redeemed(came, BOB)).as("a second time").isEmpty();
        assertThat(redeemed(below(pass(MAIL, BOB), MAIL), BOB))
                .as("released once more")
                .contains(new Pass(ID));
    }

    @Test
    void lets_recipients_through_that_a_mail_server_parts_from_one_another() throws IOException {
        String came = below(pass(MAIL, BOB, EVE), MAIL);

        assertThat(redeemed(came, MailAddress.of("BOB@Example.org"))).isPresent();
        assertThat(redeemed(came, BOB, EVE)).as("one of them was let through").isEmpty();
        assertThat(redeemed(came, EVE)).isPresent();
    }

    @Test
    void lets_nobody_through_for_whom_it_was_not_written() throws IOException {
        String came = below(pass(MAIL, BOB), MAIL);

        assertThat(redeemed(came, EVE)).isEmpty();
        assertThat(redeemed(came, BOB, EVE)).isEmpty();
        assertThat(redeemed(came, BOB)).as("it is not used up by that").isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: ann@example.com\r\nSubject: y\r\n\r\n.text\r\n",
                "From: ann@example.com\r\nSubject: x\r\n\r\n.text\r\n",
                "Subject: x\r\n\tfolded\r\n\r\n.text\r\n",
                "",
                "\r\n"
            })
    void lets_no_other_mail_through(String other) throws IOException {
        assertThat(redeemed(below(pass(MAIL, BOB), other), BOB)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: ann@example.com\nSubject: x\n\tfolded\nX-Postern-Release: of somebody else\n\n.text\n",
                "From: ann@example.com\r\nSubject: x\r\n\tfolded\r\nX-Postern-Release: of somebody else\r\n\r\n.text",
                "Return-Path: <ann@example.com>\r\nFrom: ann@example.com\r\nSubject: x\r\n\tfolded\r\n"
                        + "BCC: eve@example.org,\r\n\tdan@example.org\r\n"
                        + "X-Postern-Release: of somebody else\r\ncontent-length: 12\r\n\r\n.text\r\n"
            })
    void knows_a_mail_that_mail_servers_changed_as_they_do(String asServersLeaveIt) throws IOException {
        assertThat(redeemed(below(pass(MAIL, BOB), asServersLeaveIt), BOB)).isPresent();
        assertThat(redeemed(below(pass(asServersLeaveIt, BOB), MAIL), BOB)).isPresent();
    }

    @Test
    void takes_no_pass_that_is_old_foreign_or_forged() throws IOException {
        String old = pass(MAIL, BOB);
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(61)));
        String good = pass(MAIL, BOB);
        String foreign = passes((byte) 2).write(Tenant.DEFAULT, ID, List.of(BOB), hash(MAIL));
        String ofTenant = passes.write(Tenant.of("another"), ID, List.of(BOB), hash(MAIL));
        String ofCursor = new Seal(secret((byte) 1), "cursor/v1").seal("default|a|b|c|d|e");

        for (String pass : List.of(
                old,
                foreign,
                ofTenant,
                ofCursor,
                good.substring(1),
                good + "A",
                good.replace('.', ','),
                "",
                ".",
                "x".repeat(100_000))) {
            assertThat(redeemed(below(pass, MAIL), BOB)).isEmpty();
        }
        assertThat(redeemed(below(good, MAIL), BOB)).isPresent();
    }

    @Test
    void looks_at_the_topmost_pass_of_the_head_only() throws IOException {
        String pass = pass(MAIL, BOB);

        assertThat(redeemed("X-Postern-Release: forged\r\n" + below(pass, MAIL), BOB))
                .isEmpty();
        assertThat(redeemed("Subject: x\r\n\r\n" + below(pass, MAIL), BOB))
                .as("a pass in the body")
                .isEmpty();
        assertThat(redeemed("X-Postern-Release\r\n" + MAIL, BOB)).isEmpty();
    }

    @Test
    void changes_no_octet_of_what_it_watches() throws IOException {
        byte[] mail = below(pass(MAIL, BOB), MAIL + "\r\r\n\n\u00e9").getBytes(ISO_8859_1);
        InputStream watched = new WatchedBody(new ByteArrayInputStream(mail), pass -> true);

        assertThat(watched.read()).isEqualTo('X');
        assertThat(watched.readAllBytes()).isEqualTo(Arrays.copyOfRange(mail, 1, mail.length));
    }

    @Test
    void fits_into_a_line_with_all_its_recipients() throws IOException {
        MailAddress[] most = IntStream.range(0, ReleasePasses.MOST_RECIPIENTS)
                .mapToObj(i -> MailAddress.of("a-recipient-with-a-long-name-" + i + "@a-long-domain.example.org"))
                .toArray(MailAddress[]::new);

        assertThat(ReleasePasses.FIELD + ": " + pass(MAIL, most))
                .hasSizeLessThan(998)
                .doesNotContain("recipient");
        assertThatThrownBy(() -> passes.write(
                        Tenant.DEFAULT, ID, Collections.nCopies(ReleasePasses.MOST_RECIPIENTS + 1, BOB), hash(MAIL)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String pass(String mail, MailAddress... to) throws IOException {
        return passes.write(Tenant.DEFAULT, ID, List.of(to), hash(mail));
    }

    private static ContentHash hash(String mail) throws IOException {
        return ReleasedText.hash(new ByteArrayInputStream(mail.getBytes(ISO_8859_1)));
    }

    private static String below(String pass, String mail) {
        return "X-Postern-Release: " + pass + "\r\n" + mail;
    }

    /** As it comes in: in pieces. */
    private Optional<Pass> redeemed(String came, MailAddress... to) throws IOException {
        WatchedBody body = new WatchedBody(
                new ByteArrayInputStream(came.getBytes(ISO_8859_1)), pass -> passes.isOurs(Tenant.DEFAULT, pass));
        byte[] piece = new byte[7];
        while (body.read(piece, 0, piece.length) >= 0) {
            // Only to its end.
        }
        return body.claim().flatMap(claim -> passes.redeem(Tenant.DEFAULT, claim, List.of(to)));
    }

    private ReleasePasses passes(byte secret) {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        return new ReleasePasses(
                secret(secret),
                clock,
                Duration.ofHours(1),
                (uses, at) -> Collections.disjoint(used, uses) && used.addAll(uses));
    }

    private static byte[] secret(byte filler) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, filler);
        return secret;
    }
}
