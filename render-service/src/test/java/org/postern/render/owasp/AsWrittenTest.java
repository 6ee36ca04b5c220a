package org.postern.render.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.owasp.html.HtmlStreamRenderer;

class AsWrittenTest {
    private final StringBuilder out = new StringBuilder();
    private final AsWritten check = new AsWritten(HtmlStreamRenderer.create(out, problem -> {}));

    @Test
    void linesEndAsTheyDoInMails() {
        tell("p", List.of("title", "one\r\ntwo"), "three\r\nfour\rfive\tsix");

        assertThat(check.isAsWritten()).isTrue();
        assertThat(out).hasToString("<p title=\"one\r\ntwo\">three\r\nfour\rfive\tsix</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\na", "\r\na", "\ra"})
    void aLineEndInFrontOfPreformattedTextIsLost(String text) {
        tell("pre", List.of(), text);

        assertThat(check.isAsWritten()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0001", "\u000b", "\u000c", "\u007f", "\ud800", "\uffff"})
    void whatNoParserReadsAsItIsIsNoText(String text) {
        tell("p", List.of(), text);

        assertThat(check.isAsWritten()).isFalse();
    }

    private void tell(String element, List<String> attributes, String text) {
        check.openDocument();
        check.expectTag(element, attributes);
        check.openTag(element, attributes);
        check.expectText(text);
        check.text(text);
        check.closeTag(element);
        check.closeDocument();
    }
}
