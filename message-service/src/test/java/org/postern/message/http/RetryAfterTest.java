package org.postern.message.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "null",
            value = {
                "120; PT2M",
                "0; PT0S",
                "Sun, 01 Nov 2026 12:00:30 GMT; PT30S",
                "Sun, 01 Nov 2026 11:59:59 GMT; null",
                "soon; null",
                "-1; null",
                "99999999999; null",
                "null; null"
            })
    void saysHowLongToWait(String field, Duration expected) {
        assertThat(RetryAfter.of(field, Instant.parse("2026-11-01T12:00:00Z"))).isEqualTo(expected);
    }
}
