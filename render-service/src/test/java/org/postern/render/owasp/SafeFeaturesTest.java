package org.postern.render.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.render.RenderingBudget;
import org.postern.render.remote.RemoteImages;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

/** What mails are made of comes through where it is safe: cleaning too much makes mails unreadable. */
class SafeFeaturesTest {
    private final OwaspHtmlSanitizer sanitizer = new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own());

    @Test
    void nearlyEverySafeFeatureSurvives() throws IOException {
        List<String> features = Files.readAllLines(Path.of("src/test/resources/css/safe-features.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<String> lost = new ArrayList<>();
        for (String feature : features) {
            int name = feature.indexOf(": ");
            String what = feature.substring(0, feature.indexOf(' '));
            String[] parts = feature.substring(name + 2).split(" => ", 2);
            String expected = parts[parts.length - 1].replace("'", what.equals("property") ? "&#39;" : "'");
            String html =
                    switch (what) {
                        case "property" -> "<p style=\"" + parts[0] + "\">x</p>";
                        case "rule" -> "<style>" + parts[0] + "</style><p class=a>x</p>";
                        case "html" -> parts[0];
                        default -> throw new IllegalArgumentException(feature);
                    };
            if (!sanitize(html).contains(expected)) {
                lost.add(feature + "   <<<   " + sanitize(html));
            }
        }

        assertThat(features).hasSizeGreaterThan(200);
        assertThat(lost)
                .as("at most one of twenty, of %d", features.size())
                .hasSizeLessThanOrEqualTo(features.size() / 20);
    }

    private String sanitize(String html) {
        return sanitizer
                .sanitize(html, List.of(), RemoteImages.blocked(), RenderingBudget.of(Duration.ofSeconds(20)))
                .html();
    }
}
