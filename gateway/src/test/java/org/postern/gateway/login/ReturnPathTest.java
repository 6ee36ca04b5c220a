package org.postern.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** After a login nobody lands elsewhere. */
class ReturnPathTest {
    @Test
    void where_nothing_is_asked_it_is_the_root() {
        assertThat(ReturnPath.of("")).hasValue("/");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/login/own-paths.txt", delimiter = '|', quoteCharacter = '`')
    void a_path_of_our_own_is_gone_to(String path) {
        assertThat(ReturnPath.of(path)).hasValue(path);
        assertThat(URI.create("https://own.example").resolve(path).getHost()).isEqualTo("own.example");
    }

    @ParameterizedTest
    @CsvFileSource(
            resources = "/login/foreign-paths.txt",
            delimiter = '|',
            quoteCharacter = '`',
            commentCharacter = '!')
    void what_a_browser_could_take_for_another_site_is_not(String line) {
        String path = line.replace("@TAB@", "\t")
                .replace("@NL@", "\n")
                .replace("@CR@", "\r")
                .replace("@NUL@", "\0");
        assertThat(ReturnPath.of(path)).isEmpty();
    }

    @Test
    void a_long_one_costs_nothing_and_is_refused() {
        assertThat(ReturnPath.of("/" + "a".repeat(100_000))).isEmpty();
        assertThat(ReturnPath.of("/" + "a".repeat(1_000) + "!")).isEmpty();
        assertThat(ReturnPath.of("/" + "a/".repeat(500) + "!")).isEmpty();
    }
}
