package org.postern.push.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class WebPushAnswersTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/webpush-answers.csv", delimiter = ';', useHeadersInDisplayName = true)
    void anAnswerIsUnderstood(int status, @Nullable String retryAfter, String result) {
        assertThat(WebPushAnswers.read(status, retryAfter, Instant.parse("2026-01-01T00:00:00Z")))
                .hasToString(result);
    }
}
