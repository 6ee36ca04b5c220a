package org.postern.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](?::[0-9]{1,5})?");
    private static final String PIECES = "aF9.-:[]g@ \t/\u00e9\0,";

    @ParameterizedTest
    @ValueSource(strings = {"x", "mail.example.org", "127.0.0.1:8080", "[::1]", "[2001:db8::1.2.3.4]:443", "a-b:1"})
    void a_name_or_an_address_may_have_a_port(String text) {
        assertThat(HostName.is(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "x:",
                "x:123456",
                "x:8o",
                "a b",
                "a,b",
                "user@x",
                "[::1",
                "[]",
                "[:]",
                "[::g]",
                "[::1]x"
            })
    void what_could_be_read_otherwise_is_no_host(String text) {
        assertThat(HostName.is(text)).isFalse();
    }

    @Test
    void lengths_have_their_limits() {
        assertThat(HostName.is("a".repeat(253))).isTrue();
        assertThat(HostName.is("a".repeat(254))).isFalse();
        assertThat(HostName.is("[" + "a".repeat(45) + "]")).isTrue();
        assertThat(HostName.is("[" + "a".repeat(46) + "]")).isFalse();
    }

    @Test
    void it_is_as_its_form_says_whatever_the_text() {
        Random random = new Random(11);
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "[" : "");
            for (int length = random.nextInt(9); length > 0; length--) {
                text.append(PIECES.charAt(random.nextInt(random.nextInt(3) == 0 ? PIECES.length() : 8)));
            }
            assertThat(HostName.is(text.toString()))
                    .as("%s", text)
                    .isEqualTo(FORM.matcher(text).matches());
        }
    }
}
