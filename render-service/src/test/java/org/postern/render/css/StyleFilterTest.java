package org.postern.render.css;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StyleFilterTest {
    private static final Path CASES = Path.of("src/test/resources/css");

    private final List<String> leftOut = new ArrayList<>();
    private final StyleFilter filter = new StyleFilter(new OneHost(), () -> {});

    static List<Arguments> attributes() throws IOException {
        return cases("attributes.txt");
    }

    static List<Arguments> blocks() throws IOException {
        return cases("blocks.txt");
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void aStyleAttributeKeepsWhatIsAllowed(String css, String expected) {
        assertThat(filter.attribute(css)).isEqualTo(expected);
        assertThat(filter.attribute(expected)).as("a second pass").isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aStyleBlockReachesIntoTheMailAlone(String css, String expected) {
        assertThat(filter.block(css)).isEqualTo(expected).doesNotContain("<", "\\");
        assertThat(filter.block(expected)).as("a second pass").isEqualTo(expected);
    }

    @Test
    void theMediaOfAStyleElementHoldForItsRules() {
        assertThat(filter.block(sheet("p{color:red}", "only screen and (max-width:600px)")))
                .isEqualTo("@media only screen and (max-width:600px){.postern-mail p{color:red}}");
        assertThat(filter.block(sheet("p{color:red}", "{}"))).isEmpty();
    }

    @Test
    void whatIsLeftOutIsNamedOnceForEachPlace() {
        filter.block(
                "@import 'https://a.example/';@font-face{src:url(https://b.example/)}"
                        + "p{background:image-set('https://c.example/' 1x);x:url(https://d.example/);content:'https://e.example/'}");

        assertThat(leftOut)
                .containsExactly(
                        "STYLE_SHEET https://a.example/",
                        "FONT https://b.example/",
                        "IMAGE https://c.example/",
                        "IMAGE https://d.example/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@a;",
                "@a ",
                "a{",
                "a{b:",
                "(",
                "[",
                ")",
                "}",
                "a{b:c}",
                "a,",
                "a>",
                "a{b:url(",
                "a{b:'",
                "\\",
                "/*",
                "@media x{",
                "a{box-shadow:1px,",
                ":not(",
                "a{b:c;",
                "<!--",
                "1",
                "-",
                "a{color:rgb(",
                "@import '",
                "a{--x:{",
                ".a.a"
            })
    void timeIsInProportionToTheText(String piece) {
        String css = piece.repeat(400_000 / piece.length());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();

        filter.block(css);
        filter.attribute(css);
        filter.block(sheet("p{color:red}", css));

        // Time of the processor, not of the clock: the machine has others to serve.
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }

    private static StyleSheet sheet(String css, String media) {
        return new StyleSheet(css, media, () -> {});
    }

    private static List<Arguments> cases(String file) throws IOException {
        List<Arguments> cases = new ArrayList<>();
        String css = "";
        for (String line : Files.readAllLines(CASES.resolve(file))) {
            if (line.startsWith("  =>")) {
                cases.add(arguments(css, line.substring(4).strip()));
            } else {
                css = line;
            }
        }
        return cases;
    }

    private final class OneHost implements Addresses {
        @Override
        public @Nullable String resolve(String address) {
            return address.startsWith("https://i.example/") || address.equals("/own/a") ? "/own/a" : null;
        }

        @Override
        public void leftOut(String address, Place place) {
            leftOut.add(place + " " + address);
        }

        @Override
        public void removed(String construct, int times) {}
    }
}
