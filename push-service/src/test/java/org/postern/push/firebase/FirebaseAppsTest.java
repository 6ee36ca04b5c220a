package org.postern.push.firebase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.firebase.FirebaseApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.push.delivery.RefusedDestinationException;
import org.postern.push.subscription.Destination;

/** Firebase is opened with a file that an operator mounts. */
class FirebaseAppsTest {
    private static final FirebaseTerms TERMS =
            new FirebaseTerms(false, Duration.ofHours(24), Duration.ofSeconds(20), 20);

    @TempDir
    Path folder;

    @Test
    void aServiceAccountOpensTheProjectItIsOf() throws Exception {
        FirebaseSender sender = FirebaseApps.sender(
                file(serviceAccount("-----BEGIN PRIVATE KEY-----\\n" + key() + "\\n-----END PRIVATE KEY-----\\n")),
                TERMS,
                Duration.ofSeconds(10),
                64);
        try {
            assertThatThrownBy(() -> sender.check(new Destination.Firebase("short", null)))
                    .isInstanceOf(RefusedDestinationException.class);
            assertThat(FirebaseApp.getInstance("postern").getOptions().getReadTimeout())
                    .isEqualTo(10_000);
        } finally {
            FirebaseApp.getInstance("postern").delete();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "{\"type\":\"canary\"}",
                "{\"type\":\"service_account\",\"private_key\":\"canary",
                "{\"type\":\"service_account\",\"private_key\":\"canary\"}",
                "{\"type\":\"service_account\",\"project_id\":\"p\",\"client_id\":\"1\",\"client_email\":\"canary\","
                        + "\"private_key_id\":\"canary\",\"private_key\":\"canary\"}"
            })
    void whatIsNoServiceAccountIsRefusedWithoutRepeatingIt(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> FirebaseApps.sender(file, TERMS, Duration.ofSeconds(10), 64))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("postern.firebase.credentials-file")
                .hasNoCause()
                .hasMessageNotContaining("canary");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> FirebaseApps.sender(folder.resolve("absent.json"), TERMS, Duration.ofSeconds(10), 64))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("absent.json");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 501})
    void aChunkIsNeitherEmptyNorLargerThanTheSdkTakes(int chunk) {
        assertThatThrownBy(() -> new FirebaseTerms(false, Duration.ZERO, Duration.ZERO, chunk))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postern.firebase.chunk");
    }

    private static String serviceAccount(String key) {
        return "{\"type\":\"service_account\",\"project_id\":\"p\",\"private_key_id\":\"k\",\"client_id\":\"1\","
                + "\"client_email\":\"push@p.example\",\"private_key\":\"" + key + "\"}";
    }

    private static String key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("account.json"), text);
    }
}
