package org.postern.spam.phishing.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainLinksTest {
    private static final int MANY = 1_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            see https://example.org/a, please          | https://example.org/a
            (http://example.org/b?c=d)                 | http://example.org/b?c=d
            HTTP://EXAMPLE.ORG/                        | HTTP://EXAMPLE.ORG/
            at www.example.org.                        | www.example.org
            at WWW.Example.org/path now                | WWW.Example.org/path
            <https://example.org/e>                    | https://example.org/e
            xhttps://example.org/f                     | https://example.org/f
            ://, http and https://example.org/g        | https://example.org/g
            """)
    void findsAnAddressAsProgramsDo(String text, String address) {
        assertThat(shown(text)).containsExactly(address);
    }

    @Test
    void findsThemInTheirOrderWhateverTheirKind() {
        assertThat(shown("www.a.example http://b.example www.c.example https://d.example"))
                .containsExactly("www.a.example", "http://b.example", "www.c.example", "https://d.example");
    }

    @Test
    void takesAnAddressWithinAnotherForAPartOfIt() {
        assertThat(shown("http://a.example/?to=http://www.b.example and no more"))
                .containsExactly("http://a.example/?to=http://www.b.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no address", "ftp://example.org/", "://", "http:/example.org", "www", "ttp://example.org"})
    void findsNothingElse(String text) {
        assertThat(shown(text)).isEmpty();
    }

    @Test
    void stopsWhereThereAreTooMany() {
        assertThat(PlainLinks.in("http://example.org/ ".repeat(MANY), 3)).hasSize(3);
    }

    // Each of them was looked for to the end of the text anew, once for each of the others.
    @ParameterizedTest
    @ValueSource(strings = {"http:// ", "https:// ", "www. ", "http://example.org/ ", "www.example.org "})
    void readsATextOfTwoMegabytesOnce(String one) {
        String text = one.repeat(2_000_000 / one.length());

        assertThat(PlainLinks.in(text, MANY)).hasSizeLessThanOrEqualTo(MANY);
    }

    private static List<String> shown(String text) {
        return PlainLinks.in(text, MANY).stream().map(Link::shown).toList();
    }
}
