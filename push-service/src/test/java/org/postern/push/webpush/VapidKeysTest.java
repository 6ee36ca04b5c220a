package org.postern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.push.PushSecrets;

class VapidKeysTest {
    @TempDir
    Path folder;

    @Test
    void aTokenIsMadeOnceForEachOriginAndIsGoodForNoOther() throws IOException {
        Path file = Files.writeString(folder.resolve("vapid.pem"), PushSecrets.vapidKeys());
        VapidKeys keys = VapidKeys.ofFile(file, Optional.empty(), Clock.systemUTC());

        String one = keys.authorization("https://one.example.com", null);

        assertThat(one).startsWith("vapid t=").contains("k=" + keys.applicationServerKey());
        assertThat(keys.authorization("https://one.example.com", null)).isEqualTo(one);
        assertThat(keys.authorization("https://two.example.com", null)).isNotEqualTo(one);
    }

    @Test
    void afterANewPairOnTopEachDeviceIsPushedToWithThePairItSubscribedWith() throws Exception {
        String old = PushSecrets.vapidKeys();
        String before = keys(old).applicationServerKey();

        VapidKeys rotated = keys(PushSecrets.vapidKeys() + old);

        String now = rotated.applicationServerKey();
        assertThat(now).isNotEqualTo(before);
        assertThat(rotated.olderKeys()).containsExactly(before);
        assertSignedBy(rotated.authorization("https://push.example.com", before), before);
        assertSignedBy(rotated.authorization("https://push.example.com", now), now);
        // Subscribed before it was kept with what: with the only one there was then.
        assertSignedBy(rotated.authorization("https://push.example.com", null), before);
        // Taken out of the file, which its push service will refuse.
        assertSignedBy(keys(PushSecrets.vapidKeys()).authorization("https://push.example.com", before), null);
    }

    @Test
    void aTokenIsRenewedBeforeItEndsAndNeverGoodForADay() throws Exception {
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        AtomicReference<Instant> now = new AtomicReference<>(begin);
        Path file = Files.writeString(folder.resolve("vapid.pem"), PushSecrets.vapidKeys());
        VapidKeys keys = VapidKeys.ofFile(file, Optional.empty(), new MovedClock(now));
        String first = keys.authorization("https://push.example.com", null);
        now.set(begin.plus(Duration.ofHours(10)));
        assertThat(keys.authorization("https://push.example.com", null)).isEqualTo(first);
        now.set(begin.plus(Duration.ofMinutes(11 * 60 + 1)));
        assertThat(keys.authorization("https://push.example.com", null)).isNotEqualTo(first);
    }

    private VapidKeys keys(String pem) throws IOException {
        return VapidKeys.ofFile(
                Files.writeString(folder.resolve("vapid.pem"), pem), Optional.empty(), Clock.systemUTC());
    }

    private static void assertSignedBy(String header, @Nullable String key) throws Exception {
        String named = header.substring(header.indexOf("k=") + 2);
        assertThat(EncryptionTest.isSigned(header.substring("vapid t=".length(), header.indexOf(',')), named))
                .isTrue();
        if (key != null) {
            assertThat(named).isEqualTo(key);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    void thereAreOneToTenPairs(int count) {
        String pem = Stream.generate(PushSecrets::vapidKeys).limit(count).collect(Collectors.joining());
        assertThatThrownBy(() -> keys(pem)).isInstanceOf(IOException.class).hasMessageContaining("1 to 10");
    }

    @Test
    void aFileThatHoldsNoKeyPairIsRefusedWithoutShowingIt() throws IOException {
        String secret = PushSecrets.vapidKeys();
        Path file = Files.writeString(
                folder.resolve("vapid.pem"), secret.substring(0, secret.indexOf("-----BEGIN PUBLIC")));
        assertThatThrownBy(() -> VapidKeys.ofFile(file, Optional.empty(), Clock.systemUTC()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("P-256")
                .hasNoCause();
    }

    private static final class MovedClock extends Clock {
        private final AtomicReference<Instant> now;

        MovedClock(AtomicReference<Instant> now) {
            this.now = now;
        }

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
    }
}
