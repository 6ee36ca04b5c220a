package org.postern.render.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes as well nested is read as it is written; what another parser could move does not pass. */
class NestingTest {
    private static final String[] ELEMENTS =
            ("a abbr b blockquote br caption center code col colgroup dd div dl dt em font h1"
                            + " h2 hr i img li main ol p pre q rp rt ruby span strong table tbody td tfoot th thead tr u ul wbr")
                    .split(" ");
    private static final int TREES = 20_000;
    private static final int TAGS = 40;

    @Test
    void everyTreeThatPassesIsReadAsItIsWritten() {
        Random random = new Random(1);
        int large = 0;
        for (int i = 0; i < TREES; i++) {
            String html = tree(random);

            Document read = Jsoup.parse("<body>" + html);
            read.outputSettings().prettyPrint(false);

            assertThat(read.body().html()).isEqualTo(html);
            assertThat(read.head().childNodeSize()).isZero();
            large += read.body().select("*").size() > TAGS / 4 ? 1 : 0;
        }
        assertThat(large).as("trees with many elements").isGreaterThan(TREES / 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p>div",
                "p>table",
                "p>b>ul",
                "p>hr",
                "p>p",
                "a>a",
                "a>div>a",
                "h1>h2",
                "li",
                "div>li",
                "ul>li>li",
                "dt",
                "table>tr",
                "table>div",
                "table>tbody>td",
                "tbody",
                "tr>td",
                "table>tbody>tr>p",
                "col",
                "rt",
                "span>rt",
                "div>style",
                "nobr",
                "svg",
                "button"
            })
    void whatAParserWouldMoveDoesNotPass(String path) {
        Nesting nesting = new Nesting();
        boolean passes = true;
        for (String element : path.split(">")) {
            passes &= nesting.opens(element);
        }

        assertThat(passes).isFalse();
    }

    @Test
    void aTableCellBeginsAnew() {
        Nesting nesting = new Nesting();

        for (String element : "a>div>table>tbody>tr>td>a>p".split(">")) {
            assertThat(nesting.opens(element)).as(element).isTrue();
        }
        assertThat(nesting.opens("div")).isFalse();
    }

    @Test
    void textBetweenRowsAndBeforeEverythingDoesNotPass() {
        Nesting table = new Nesting();
        table.opens("table");
        Nesting pre = new Nesting();
        pre.opens("pre");

        assertThat(table.holds("x")).isFalse();
        assertThat(pre.holds("\nx")).isFalse();
        assertThat(new Nesting().holds(" x")).isFalse();
        assertThat(new Nesting().holds("x")).isTrue();
    }

    @Test
    void anEndTagClosesTheLastElementAlone() {
        Nesting nesting = new Nesting();
        nesting.opens("div");
        nesting.opens("b");

        assertThat(nesting.closes("div")).isFalse();
    }

    /** A random tree of what passes. */
    private static String tree(Random random) {
        Nesting nesting = new Nesting();
        StringBuilder html = new StringBuilder();
        Deque<String> open = new ArrayDeque<>();
        for (int i = 0; i < TAGS; i++) {
            String element = ELEMENTS[random.nextInt(ELEMENTS.length)];
            int what = random.nextInt(10);
            if (what == 0 && !open.isEmpty()) {
                String last = open.pop();
                assertThat(nesting.closes(last)).isTrue();
                html.append("</").append(last).append('>');
            } else if (what < 3) {
                // One that is not held here is not tried again in the same tree: it has been taken in.
                boolean rows = !open.isEmpty() && "table tbody tfoot thead tr colgroup".contains(open.peek());
                if (!rows && nesting.holds("x")) {
                    html.append('x');
                }
            } else if (nesting.opens(element)) {
                html.append('<').append(element).append('>');
                if (!Nesting.isVoid(element)) {
                    open.push(element);
                }
            }
        }
        for (String element : open) {
            html.append("</").append(element).append('>');
        }
        return html.toString();
    }
}
