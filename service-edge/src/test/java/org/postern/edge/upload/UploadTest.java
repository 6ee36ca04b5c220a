package org.postern.edge.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.postern.edge.problem.ProblemException;

class UploadTest {
    @Test
    void aBodyWithinTheLimitIsReadWhole() throws Exception {
        assertThat(Upload.begin(body("12345"), -1, 5)).hasContent("12345");
    }

    @Test
    void aBodyAnnouncedToBeTooLargeIsRefusedUnread() throws Exception {
        InputStream body = body("123456");

        assertThatThrownBy(() -> Upload.begin(body, 6, 5))
                .asInstanceOf(type(ProblemException.class))
                .extracting(refused -> refused.problem().code())
                .isEqualTo("body-too-large");
        assertThat(body.available()).isEqualTo(6);
    }

    @Test
    void aBodyThatTurnsOutToBeTooLargeHasNoEnd() throws Exception {
        Upload upload = Upload.begin(body("123456"), -1, 5);

        assertThatThrownBy(upload::readAllBytes)
                .asInstanceOf(type(ProblemException.class))
                .extracting(refused -> refused.problem().status())
                .isEqualTo(413);
    }

    @Test
    void anEmptyBodyIsRefused() {
        assertThatThrownBy(() -> Upload.begin(InputStream.nullInputStream(), -1, 5))
                .asInstanceOf(type(ProblemException.class))
                .extracting(refused -> refused.problem().code())
                .isEqualTo("body-empty");
    }

    @Test
    void whatWasPeekedAtIsReadAgainAndCountedOnce() throws Exception {
        Upload upload = Upload.begin(body("12345"), -1, 5);

        assertThat(upload.peek(3)).isEqualTo("123".getBytes(StandardCharsets.US_ASCII));
        assertThat(upload).hasContent("12345");
    }

    @Test
    void closingReadsNothing() throws IOException {
        InputStream body = body("12345");
        Upload upload = Upload.begin(body, -1, 5);

        upload.close();

        assertThat(body.available()).isEqualTo(4);
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
