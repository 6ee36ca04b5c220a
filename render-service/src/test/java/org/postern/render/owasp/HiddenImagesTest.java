package org.postern.render.owasp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.events.Tenant;
import org.postern.render.RenderingBudget;
import org.postern.render.RenderingException;
import org.postern.render.SanitizedHtml;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

/** What nobody can see is never fetched: the cases of {@code rules.txt}. */
class HiddenImagesTest {
    private static final Path CASES = Path.of("src/test/resources/hidden/rules.txt");

    private final OwaspHtmlSanitizer sanitizer = new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own());
    private final ProxiedImages images =
            new ProxiedImages(new ImageTokens(new byte[32], Clock.systemUTC(), Duration.ofDays(1)), Tenant.DEFAULT, "");

    static List<String> hidden() throws IOException {
        return cases("hidden ");
    }

    static List<String> seen() throws IOException {
        return cases("seen ");
    }

    private static List<String> cases(String word) throws IOException {
        return Files.readAllLines(CASES).stream()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void whatARuleHidesIsATrackerAndHasNoAddress(String html) {
        SanitizedHtml result = sanitize(html);

        assertThat(images.shown()).isEmpty();
        assertThat(result.html()).doesNotContain("/v1/images/");
        assertThat(result.remote()).singleElement().matches(remote -> remote.tracker() && !remote.isProxied());
    }

    @ParameterizedTest
    @MethodSource("seen")
    void whatIsSeenAtTimesIsShown(String html) {
        SanitizedHtml result = sanitize(html);

        assertThat(images.shown()).hasSize(1);
        assertThat(result.html()).contains("/v1/images/");
        assertThat(result.remote()).singleElement().matches(remote -> !remote.tracker() && remote.isProxied());
    }

    @Test
    void aRuleThatHidesItselfFetchesNoBackground() {
        SanitizedHtml result = sanitize("<style>.x{opacity:0;background:url(https://i.example/a)}</style><p class=x>x");

        assertThat(result.html()).doesNotContain("/v1/images/");
    }

    @Test
    void moreRulesTimesImagesThanAnyMailHasAreNotHeldAgainstOneAnother() {
        StringBuilder html = new StringBuilder("<style>");
        for (int i = 0; i < 5000; i++) {
            html.append("p img.x:not(#x").append(i).append("){display:none}");
        }
        html.append("</style>").append("<img class=x src=https://i.example/a>".repeat(5000));

        assertThatThrownBy(() -> sanitize(html.toString()))
                .isInstanceOf(RenderingException.class)
                .hasMessageContaining("rules");
    }

    private SanitizedHtml sanitize(String html) {
        return sanitizer.sanitize(html, List.of(), images, RenderingBudget.of(Duration.ofMinutes(1)));
    }
}
