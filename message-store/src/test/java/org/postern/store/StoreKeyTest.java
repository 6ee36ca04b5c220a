package org.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.events.MalformedValueException;

class StoreKeyTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "not base64!", "AAECAw=="})
    void a_key_file_that_is_none_is_refused(String text) {
        assertThatThrownBy(() -> StoreKey.ofText(text)).isInstanceOf(MalformedValueException.class);
    }

    @Test
    void a_key_never_shows_itself() {
        assertThat(StoreKey.ofText(KEY).toString()).doesNotContain(KEY.substring(0, 10));
    }
}
