package org.postern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.push.PushSecrets;

class VapidKeysTest {
    @TempDir
    Path folder;

    @Test
    void aTokenIsMadeOnceForEachOriginAndIsGoodForNoOther() throws IOException {
        Path file = Files.writeString(folder.resolve("vapid.pem"), PushSecrets.vapidKeys());
        VapidKeys keys = VapidKeys.ofFile(file, Optional.empty(), Clock.systemUTC());

        String one = keys.authorization("https://one.example.com");

        assertThat(one).startsWith("vapid t=").contains("k=" + keys.applicationServerKey());
        assertThat(keys.authorization("https://one.example.com")).isEqualTo(one);
        assertThat(keys.authorization("https://two.example.com")).isNotEqualTo(one);
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
}
