package org.postern.store.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.events.Tenant;
import org.postern.store.StoreKey;
import org.postern.store.filesystem.FilesystemMessageStore;
import org.postern.store.s3.S3Settings;

class RotateKeysTest {
    private static final String OLD_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEW_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    @TempDir
    Path root;

    @Test
    void anAdministratorIsToldHowItWent() throws IOException {
        new FilesystemMessageStore(root, StoreKey.ofText(OLD_KEY))
                .put(Tenant.DEFAULT, new ByteArrayInputStream("body".getBytes(StandardCharsets.UTF_8)), 1_000);
        Path keys = Files.writeString(root.resolve("keys"), NEW_KEY + "\n" + OLD_KEY);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

        assertThat(RotateKeys.run(new String[] {root.toString(), keys.toString()}, out, out))
                .isZero();
        assertThat(RotateKeys.run(new String[] {root.toString()}, out, out)).isEqualTo(2);
        assertThat(RotateKeys.run(
                        new String[] {root.toString(), root.resolve("no").toString()}, out, out))
                .isEqualTo(2);
        assertThat(RotateKeys.run(new String[] {"s3:///nowhere", keys.toString()}, out, out))
                .isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("wrapped anew: 1")
                .doesNotContain(NEW_KEY);
    }

    @Test
    void aBucketIsWrittenAsAUrl() {
        assertThat(RotateKeys.settings(
                        "s3://mail/store/?region=eu-west-3&endpoint=http://127.0.0.1:9000&path-style=true"))
                .isEqualTo(new S3Settings(
                        "mail",
                        "store/",
                        "eu-west-3",
                        Optional.of("http://127.0.0.1:9000"),
                        true,
                        Duration.ofSeconds(10)));
        assertThat(RotateKeys.settings("s3://mail"))
                .extracting(S3Settings::prefix)
                .isEqualTo("");
    }
}
