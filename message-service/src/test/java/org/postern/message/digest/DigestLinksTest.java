package org.postern.message.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.postern.events.MailAddress;
import org.postern.events.MessageId;
import org.postern.events.Tenant;

class DigestLinksTest {
    private static final MessageId ID = MessageId.random();
    private static final MailAddress BOB = MailAddress.of("Bob@example.org");

    private final DigestLinks links = links(1, Duration.ofDays(7));

    @Test
    void are_for_one_message_and_one_reader() {
        DigestLinks.Link link = links.read(links.write(Tenant.DEFAULT, ID, BOB)).orElseThrow();

        assertThat(link.message()).isEqualTo(ID);
        assertThat(links.isFor(link, MailAddress.of("bob@EXAMPLE.org"))).isTrue();
        assertThat(links.isFor(link, MailAddress.of("eve@example.org"))).isFalse();
        assertThat(links.isOver(link)).isFalse();
    }

    @Test
    void name_nobody() {
        String token = links.write(Tenant.DEFAULT, ID, BOB);
        String text = new String(
                Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8);

        assertThat(text.toLowerCase(java.util.Locale.ROOT)).doesNotContain("bob", "example");
        assertThat(token).matches("[A-Za-z0-9_.-]{1,400}");
    }

    @Test
    void end() {
        DigestLinks over = links(1, Duration.ofSeconds(-1));

        assertThat(links.isOver(over.read(over.write(Tenant.DEFAULT, ID, BOB)).orElseThrow()))
                .isTrue();
    }

    @Test
    void cannot_be_forged() {
        String token = links.write(Tenant.DEFAULT, ID, BOB);

        assertThat(links(2, Duration.ofDays(7)).read(token)).isEmpty();
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(links.read(token.substring(0, i) + other + token.substring(i + 1)))
                    .as("character " + i)
                    .isEmpty();
        }
        assertThat(links.read("")).isEmpty();
        assertThat(links.read(token + token)).isEmpty();
        assertThat(links.read("x".repeat(10_000))).isEmpty();
    }

    private static DigestLinks links(int secret, Duration validity) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) secret);
        return new DigestLinks(bytes, Clock.systemUTC(), validity);
    }
}
