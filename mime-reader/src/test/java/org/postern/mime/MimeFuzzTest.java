package org.postern.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever comes in, there is an answer: parts or a refusal with its code, never another exception and never a hang. The
 * files beside it are tried in each test run; {@code ./postern fuzz} goes on from them.
 */
class MimeFuzzTest {
    /** Small, so that the limits are met by inputs of the size that fuzzing makes. */
    private static final Limits LIMITS = new Limits(5, 20, 2000, 4000, 200, 400);

    @FuzzTest(maxDuration = "2m")
    void walksAnything(byte[] mail) throws IOException {
        List<String> places = new ArrayList<>();
        try {
            MailWalk.through(new ByteArrayInputStream(mail), LIMITS, (part, content) -> {
                places.add(part.place());
                content.transferTo(OutputStream.nullOutputStream());
            });
        } catch (UnreadableMailException e) {
            assertThat(e.defect().code()).isNotBlank();
        }
        assertThat(places).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(LIMITS.parts() + 1);
    }

    @FuzzTest(maxDuration = "2m")
    void readsAnything(byte[] mail) throws IOException {
        try {
            MailContent content = MailReader.read(new ByteArrayInputStream(mail), LIMITS);
            assertThat(content.attachments()).hasSizeLessThanOrEqualTo(LIMITS.parts() + 1);
        } catch (UnreadableMailException e) {
            assertThat(e.defect().code()).isNotBlank();
        }
    }
}
