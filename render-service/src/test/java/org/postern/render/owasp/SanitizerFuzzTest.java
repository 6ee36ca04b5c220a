package org.postern.render.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.postern.render.RenderingBudget;
import org.postern.render.SanitizedHtml;
import org.postern.render.remote.RemoteImages;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

/**
 * Whatever HTML is made of, what comes out, read again, has nothing that runs, fetches or leaves its place, and a second
 * pass changes nothing. The files beside it are tried in each test run; {@code ./postern fuzz render-service} goes on from
 * them.
 */
class SanitizerFuzzTest {
    private static final OwaspHtmlSanitizer SANITIZER =
            new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own());

    @FuzzTest(maxDuration = "2m")
    void nothingForbiddenComesOut(byte[] bytes) {
        String html = new String(bytes, StandardCharsets.UTF_8);

        SanitizedHtml once = sanitize(html);

        HarmlessHtml.check(once.html());
        assertThat(sanitize(once.html()).html()).isEqualTo(once.html());
    }

    private static SanitizedHtml sanitize(String html) {
        return SANITIZER.sanitize(html, List.of(), RemoteImages.blocked(), RenderingBudget.of(Duration.ofSeconds(20)));
    }
}
