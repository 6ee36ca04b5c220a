package org.postern.message.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferenceTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=10 | 10",
                "WAIT = \"5\" | 5",
                "respond-async, wait=7; x=y | 7",
                "wait=0 | 0",
                "wait=999999999 | 30",
            })
    void readsTheWait(String header, int seconds) {
        assertThat(WaitPreference.of(List.of(header), LONGEST))
                .contains(new WaitPreference(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "wait=-1", "wait=x", "wait=1e3", "await=3", "wait=99999999999999999999", ""})
    void passesOverWhatItDoesNotUnderstand(String header) {
        assertThat(WaitPreference.of(List.of(header), LONGEST)).isEmpty();
    }

    @Test
    void takesTheFirst() {
        assertThat(WaitPreference.of(List.of("wait=3", "wait=9"), LONGEST)
                        .orElseThrow()
                        .applied())
                .isEqualTo("wait=3");
    }
}
