package org.postern.render.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.edge.problem.ProblemException;
import org.postern.render.preview.PreviewException;

class RefusalsTest {
    @ParameterizedTest
    @CsvSource({
        "OFF, 404, previews-off, false",
        "BUSY, 503, previews-busy, true",
        "LATE, 422, preview-too-expensive, false",
        "FAILED, 503, preview-unavailable, true"
    })
    void why_there_is_no_picture_is_said(PreviewException.Reason reason, int status, String code, boolean later) {
        ProblemException problem = Refusals.of(new PreviewException(reason));

        assertThat(problem.problem().status()).isEqualTo(status);
        assertThat(problem.problem().code()).isEqualTo(code);
        assertThat(problem.retryAfter() != null).isEqualTo(later);
    }
}
