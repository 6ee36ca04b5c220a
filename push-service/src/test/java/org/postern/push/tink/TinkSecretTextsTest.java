package org.postern.push.tink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.push.subscription.SecretTexts.LostTextException;

class TinkSecretTextsTest {
    private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEW = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    @TempDir
    Path folder;

    @Test
    void whatIsSealedOpensForWhatItWasSealedForAndNothingElse() throws Exception {
        TinkSecretTexts secrets = secrets(NEW);
        String sealed = secrets.seal("https://push.example.com/secret", "device-1");
        assertThat(sealed).startsWith(secrets.newest()).doesNotContain("secret", "push");
        assertThat(secrets.open(sealed, "device-1")).isEqualTo("https://push.example.com/secret");
        assertThatThrownBy(() -> secrets.open(sealed, "device-2")).isInstanceOf(LostTextException.class);
        assertThat(secrets.seal("same", "d")).isNotEqualTo(secrets.seal("same", "d"));
    }

    @Test
    void afterANewKeyTheOldOneStillOpensAndTheNewOneSeals() throws Exception {
        String old = secrets(OLD).seal("text", "d");
        TinkSecretTexts both = secrets(NEW + "\n" + OLD + "\n");
        assertThat(both.open(old, "d")).isEqualTo("text");
        assertThat(both.seal("text", "d")).startsWith(secrets(NEW).newest());
        assertThatThrownBy(() -> secrets(NEW).open(old, "d")).isInstanceOf(LostTextException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sealed", "sealed.", "sealed.0.AAAA", "something else"})
    void whatIsNoSealedTextIsLostAndNoCrash(String text) throws Exception {
        assertThatThrownBy(() -> secrets(NEW).open(text, "d")).isInstanceOf(LostTextException.class);
    }

    @Test
    void achangedTextIsLost() throws Exception {
        String sealed = secrets(NEW).seal("text", "d");
        String changed = sealed.substring(0, sealed.length() - 2) + (sealed.endsWith("AA") ? "BB" : "AA");
        assertThatThrownBy(() -> secrets(NEW).open(changed, "d")).isInstanceOf(LostTextException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "no base64!", "AAAA"})
    void aFileThatIsNoKeyFileIsRefusedWithoutShowingIt(String text) {
        assertThatThrownBy(() -> secrets(text)).isInstanceOf(IOException.class).hasNoCause();
    }

    private TinkSecretTexts secrets(String keys) throws IOException {
        return TinkSecretTexts.ofFile(Files.writeString(folder.resolve("secrets.key"), keys));
    }
}
