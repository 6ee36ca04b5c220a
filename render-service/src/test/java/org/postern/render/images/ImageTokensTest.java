package org.postern.render.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.render.remote.RemoteUrl;

class ImageTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final ImageAddress IMAGE = new ImageAddress(Tenant.DEFAULT, "https://i.example/a.png?x=1&y=2");

    @Test
    void aTokenBringsItsImageBackUntilItExpires() throws Exception {
        String token = at(NOW).sign(IMAGE);

        assertThat(at(NOW.plus(Duration.ofDays(7))).verify(token)).isEqualTo(IMAGE);
        assertThatThrownBy(() -> at(NOW.plus(Duration.ofDays(9))).verify(token))
                .isInstanceOfSatisfying(InvalidImageTokenException.class, e -> assertThat(e.isExpired())
                        .isTrue());
        assertThat(at(NOW.plus(Duration.ofDays(9))).isOurs(token)).isTrue();
    }

    @Test
    void onOneDayTheSameImageHasTheSameToken() {
        assertThat(at(NOW).sign(IMAGE)).isEqualTo(at(NOW.plusSeconds(3600)).sign(IMAGE));
    }

    @Test
    void nothingOfATokenCanBeChanged() {
        String token = at(NOW).sign(IMAGE);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);

            assertThatThrownBy(() -> at(NOW).verify(changed)).isInstanceOf(InvalidImageTokenException.class);
            assertThat(at(NOW).isOurs(changed)).isFalse();
        }
        ImageTokens stranger = new ImageTokens(new byte[32], Clock.systemUTC(), Duration.ofDays(7));
        assertThat(stranger.isOurs(token)).isFalse();
    }

    @Test
    void addressesAreWrittenAsBrowsersSendThem() throws Exception {
        ProxiedImages images = new ProxiedImages(at(NOW), Tenant.DEFAULT, "");
        String own = Objects.requireNonNull(
                images.addressOf(Objects.requireNonNull(RemoteUrl.of("http://i.example/a b|ä.png#top"))));

        assertThat(images.isOwn(own)).isTrue();
        assertThat(images.isOwn(own + "x")).isFalse();
        assertThat(images.shown())
                .containsExactly(new ImageAddress(Tenant.DEFAULT, "http://i.example/a%20b%7C%C3%A4.png"));
        assertThat(images.addressOf(Objects.requireNonNull(RemoteUrl.of("ftp://i.example/a"))))
                .isNull();
        assertThat(images.addressOf(Objects.requireNonNull(RemoteUrl.of("https://i.example/" + "x".repeat(2048)))))
                .as("an address that is too long for a token")
                .isNull();
    }

    private static ImageTokens at(Instant now) {
        byte[] key = new byte[32];
        key[0] = 1;
        return new ImageTokens(key, Clock.fixed(now, ZoneOffset.UTC), Duration.ofDays(7));
    }
}
