package org.postern.gateway.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedCookieTest {
    private static final String KEY = key(1);
    private final CookieKeys keys = CookieKeys.of(List.of(KEY));
    private final SealedCookie<String> cookie = new SealedCookie<>("one", String.class, keys, null);

    private static String key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void what_was_sealed_is_opened_and_cannot_be_read_from_outside() {
        String sealed = cookie.seal("who it is");
        assertThat(cookie.open(sealed)).hasValue("who it is");
        for (String part : sealed.split("\\.", -1)) {
            assertThat(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.ISO_8859_1))
                    .doesNotContain("who it is");
        }
    }

    @Test
    void the_same_value_is_never_sealed_twice_alike() {
        assertThat(cookie.seal("x")).isNotEqualTo(cookie.seal("x"));
    }

    @Test
    void a_changed_character_anywhere_makes_it_worthless() {
        String sealed = cookie.seal("who it is");
        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'E' : 'A';
            String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThat(cookie.open(changed)).as("character %d", i).isEmpty();
        }
    }

    /** The 16 bytes of the tag fill 21 characters and a third of one: its other bits say nothing. */
    @Test
    void bits_that_say_nothing_are_not_another_spelling_of_the_same() {
        String sealed = cookie.seal("who it is");
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int end = sealed.length() - 1;
        for (char other : alphabet.toCharArray()) {
            if (other != sealed.charAt(end)) {
                assertThat(cookie.open(sealed.substring(0, end) + other))
                        .as("ending in %s", other)
                        .isEmpty();
            }
        }
    }

    @Test
    void one_kind_is_of_no_use_as_another() {
        SealedCookie<String> other = new SealedCookie<>("two", String.class, keys, null);
        assertThat(other.open(cookie.seal("x"))).isEmpty();
    }

    @Test
    void a_key_can_be_changed_without_a_logout() {
        String before = cookie.seal("x");
        CookieKeys rotated = CookieKeys.of(List.of(key(2), KEY));
        SealedCookie<String> after = new SealedCookie<>("one", String.class, rotated, null);
        assertThat(after.open(before)).hasValue("x");
        assertThat(cookie.open(after.seal("y")))
                .as("sealed by a key that is not known here")
                .isEmpty();
        SealedCookie<String> gone = new SealedCookie<>("one", String.class, CookieKeys.of(List.of(key(2))), null);
        assertThat(gone.open(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "....",
                "eyJhbGciOiJub25lIn0.e30.",
                // {"alg":"dir","enc":"none"}
                "eyJhbGciOiJkaXIiLCJlbmMiOiJub25lIn0....",
                // {"alg":"PBES2-HS256+A128KW","enc":"A256GCM","p2c":2000000000}
                "eyJhbGciOiJQQkVTMi1IUzI1NitBMTI4S1ciLCJlbmMiOiJBMjU2R0NNIiwicDJjIjoyMDAwMDAwMDAwfQ.a.a.a.a",
            })
    void what_nobody_here_sealed_is_as_good_as_none(String text) {
        assertThat(cookie.open(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "c2hvcnQ="})
    void a_file_without_good_keys_is_told_at_the_start(String line) {
        assertThatThrownBy(() -> CookieKeys.of(line.isEmpty() ? List.of() : List.of(line)))
                .hasMessageContaining("openssl rand -base64 32");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> CookieKeys.read(Path.of("/nowhere/login.key"))).hasMessageContaining("/nowhere");
    }
}
