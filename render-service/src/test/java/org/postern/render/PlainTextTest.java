package org.postern.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.postern.mime.TextPart;

class PlainTextTest {
    private final RenderingBudget budget = RenderingBudget.of(Duration.ofSeconds(20));

    @Test
    void flowedLinesAreWholeAgain() {
        TextPart flowed = part("A line that goes \non here.\n From is stuffed\n-- \nme", true, false);

        assertThat(QuotedText.text(flowed, budget)).isEqualTo("A line that goes on here.\nFrom is stuffed\n-- \nme");
    }

    @Test
    void spacesThatOnlyBreakLinesAreDeletedWhereTheMailSaysSo() {
        assertThat(QuotedText.text(part("日本 \n語\n", true, true), budget)).isEqualTo("日本語\n");
    }

    @Test
    void quotedFlowedLinesJoinThoseOfTheirOwnDepthAlone() {
        TextPart flowed = part(">> deep \n> shallow \n> goes on\nown", true, false);

        assertThat(QuotedText.text(flowed, budget)).isEqualTo(">> deep \n> shallow goes on\nown");
    }

    @Test
    void linesThatAreNotFlowedStayAsTheyAre() {
        assertThat(QuotedText.text(part("ends with a space \nnext", false, false), budget))
                .isEqualTo("ends with a space \nnext");
    }

    @Test
    void whatIsQuotedIsSetApartByItsDepth() {
        Document html = Jsoup.parse(
                PlainText.toHtml(part("Hello\n> one\n> > two\n>> two again\n> one\nend", false, false), budget));

        Element first = html.select("blockquote").getFirst();
        assertThat(first.wholeText()).isEqualTo("onetwo\ntwo againone");
        assertThat(html.select("blockquote blockquote")).hasSize(1);
        assertThat(html.body().wholeText()).startsWith("Hello").endsWith("end");
    }

    @Test
    void hostileDepthIsBounded() {
        String html = PlainText.toHtml(part(">".repeat(100_000) + "x\n".repeat(10), false, false), budget);

        assertThat(Jsoup.parse(html).select("blockquote")).hasSize(QuotedText.DEEPEST);
    }

    @Test
    void addressesAreLinks() {
        Document html = Jsoup.parse(PlainText.toHtml(
                part("See www.example.org/a, (https://example.net/b) or a.b@example.com.", false, false), budget));

        assertThat(html.select("a").eachAttr("href"))
                .containsExactly("http://www.example.org/a", "https://example.net/b", "mailto:a.b@example.com");
        assertThat(html.text()).isEqualTo("See www.example.org/a, (https://example.net/b) or a.b@example.com.");
    }

    @Test
    void theSignatureIsSetApart() {
        assertThat(Jsoup.parse(PlainText.toHtml(part("x\n-- \nme", false, false), budget))
                        .select("div div"))
                .singleElement()
                .matches(div -> div.wholeText().equals("-- \nme"));
    }

    private static TextPart part(String text, boolean flowed, boolean deleteSpace) {
        return new TextPart("1", false, text, flowed, deleteSpace);
    }
}
