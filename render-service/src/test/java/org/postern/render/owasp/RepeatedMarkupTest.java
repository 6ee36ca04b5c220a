package org.postern.render.owasp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.render.RemovedConstruct;
import org.postern.render.RenderingBudget;
import org.postern.render.RenderingException;
import org.postern.render.SanitizedHtml;
import org.postern.render.cleaning.DeepNesting;
import org.postern.render.remote.RemoteImages;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

/** Markup whose cost must be that of its length: the file {@code repeats.txt}. */
class RepeatedMarkupTest {
    private static final Path REPEATS = Path.of("src/test/resources/repeats/repeats.txt");

    /** Of what comes out: the boxes that are kept, those of a table at their end, and a link. */
    private static final int DEEPEST = DeepNesting.DEEPEST + 6;

    private final OwaspHtmlSanitizer sanitizer = new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own());

    record Repeat(int times, String outcome, String markup) {
        String html() {
            StringBuilder html = new StringBuilder("<p>kept</p>");
            for (int i = 0; i < times; i++) {
                html.append(markup.replace("#", Integer.toString(i)));
            }
            return html.append("end").toString();
        }
    }

    static List<Repeat> repeats() throws IOException {
        return Files.readAllLines(REPEATS).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" ", 3))
                .map(words -> new Repeat(Integer.parseInt(words[0]), words[1], words[2]))
                .toList();
    }

    static List<Repeat> shown() throws IOException {
        return repeats().stream().filter(one -> !one.outcome().equals("text")).toList();
    }

    static List<Repeat> dear() throws IOException {
        return repeats().stream().filter(one -> one.outcome().equals("text")).toList();
    }

    @ParameterizedTest
    @MethodSource("shown")
    void isReadOnceAndNoDeeperThanParsersAgree(Repeat repeat) {
        SanitizedHtml result = sanitize(repeat.html());

        assertThat(result.html()).contains("kept");
        assertThat(depthOf(Jsoup.parseBodyFragment(result.html()).body())).isLessThanOrEqualTo(DEEPEST);
        assertThat(result.removed())
                .extracting(RemovedConstruct::construct)
                .doesNotContain("unstable-markup")
                .filteredOn("deep-nesting"::equals)
                .hasSize(repeat.outcome().equals("flat") ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("shown")
    void isTheSameWhenItIsReadAgain(Repeat repeat) {
        String once = sanitize(repeat.html()).html();

        SanitizedHtml twice = sanitize(once);

        assertThat(twice.html()).isEqualTo(once);
        assertThat(twice.removed()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dear")
    void isRecognisedByWhatItBecomesAndNotByTheClock(Repeat repeat) {
        assertThatThrownBy(() -> sanitize(repeat.html()))
                .isInstanceOf(RenderingException.class)
                .hasMessageContaining("tags");
    }

    @Test
    void whatIsTooDeepKeepsItsTextImagesAndLinks() {
        SanitizedHtml result = sanitize("<div class=box>".repeat(1000)
                + "<table><tr><td>one</td><td>two</td></tr></table><a href=https://x.example/><b>three</b></a>"
                + "<img alt=four src=https://i.example/4.png><script>five</script>");

        assertThat(result.text()).isEqualToNormalizingWhitespace("one two threefour");
        assertThat(result.html()).contains("<a href=\"https://x.example/\"").contains("alt=\"four\"");
        assertThat(result.links()).hasSize(1);
        assertThat(result.remote()).hasSize(1);
    }

    private SanitizedHtml sanitize(String html) {
        return sanitizer.sanitize(html, List.of(), RemoteImages.blocked(), RenderingBudget.of(Duration.ofMinutes(4)));
    }

    private static int depthOf(Element element) {
        int deepest = 0;
        for (Element child : element.children()) {
            deepest = Math.max(deepest, 1 + depthOf(child));
        }
        return deepest;
    }
}
