package org.postern.spam.rspamd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {
    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    void every_reason_has_words_in_each_language_and_no_words_are_without_a_reason(String language) {
        Set<String> told = new TreeSet<>(Set.of("high-score"));
        Stream.of(Reason.values()).map(Reason::key).forEach(told::add);

        assertThat(Reason.WORDS.keys(language)).isEqualTo(told);
    }
}
