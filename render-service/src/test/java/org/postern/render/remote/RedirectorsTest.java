package org.postern.render.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.render.yaml.RedirectorTable;

class RedirectorsTest {
    private final Redirectors redirectors = RedirectorTable.own();

    @ParameterizedTest
    @CsvSource({
        "https://www.google.com/url?sa=t&q=https://shop.example/a%3Fb%3D1, https://shop.example/a?b=1",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2F&data=05,"
                + " https://shop.example/",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__shop.example_a&d=x, https://shop.example/a",
        "https://urldefense.com/v3/__https://shop.example/a__;!!x!y$, https://shop.example/a",
        "https://click.pstmrk.it/3s/shop.example%2Fa/x/y, https://shop.example/a/x/y",
        "https://www.bing.com/ck/a?u=a1aHR0cHM6Ly9zaG9wLmV4YW1wbGUv, https://shop.example/",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fend.example,"
                + " https://end.example"
    })
    void aLinkThroughARedirectorLeadsWhereItsAddressSays(String link, String target) {
        assertThat(redirectors.targetOf(url(link)))
                .extracting(RemoteUrl::normal)
                .isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/url?q=https://other.example/",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://www.google.com/url?q=%zz",
        "https://notgoogle.com/url?q=https://other.example/"
    })
    void anyOtherLinkLeadsWhereItSays(String link) {
        assertThat(redirectors.targetOf(url(link))).isNull();
    }

    @Test
    void circlesEnd() {
        String circle = "https://www.google.com/url?q=https://www.google.com/url?q=".repeat(200);

        assertThat(redirectors.targetOf(url(circle.substring(0, 2000)))).isNotNull();
    }

    private static RemoteUrl url(String text) {
        return Objects.requireNonNull(RemoteUrl.of(text));
    }
}
