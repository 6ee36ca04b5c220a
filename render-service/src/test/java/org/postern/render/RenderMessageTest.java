package org.postern.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.owasp.HarmlessHtml;
import org.postern.render.owasp.OwaspHtmlSanitizer;
import org.postern.render.remote.RemoteImages;
import org.postern.render.yaml.TrackerTable;

class RenderMessageTest {
    private final RenderMessage renderMessage = new RenderMessage(
            new OwaspHtmlSanitizer(TrackerTable.own()),
            new RenderLimits(1_000_000, 100_000, Duration.ofSeconds(20), 2));

    @Test
    void showsTheHtmlOfAnAlternative() throws IOException {
        Rendition rendition = mail("""
                From: a@example.org
                Subject: x
                MIME-Version: 1.0
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/plain; charset=utf-8

                plain
                --b
                Content-Type: text/html; charset=utf-8

                <p>html</p><img src="https://t.example/o" width=1 height=1>
                --b--
                """);

        assertThat(rendition.html()).contains("html").doesNotContain("t.example");
        assertThat(rendition.text()).contains("plain");
        assertThat(rendition.counts().blocked()).isEqualTo(1);
        assertThat(rendition.counts().trackers()).isEqualTo(1);
    }

    @Test
    void makesPlainTextHtmlWithLinks() throws IOException {
        Rendition rendition = mail("""
                From: a@example.org

                Look: https://example.org/a?b=1&c=2. <script>alert(1)</script>
                second line
                """);

        HarmlessHtml.check(rendition.html());
        assertThat(rendition.html()).contains("white-space:pre-wrap").contains("&lt;script");
        assertThat(rendition.links()).singleElement().matches(link -> link.target()
                .equals("https://example.org/a?b=1&c=2"));
    }

    @Test
    void showsImagesOfTheMail() throws IOException {
        Rendition rendition = mail("""
                From: a@example.org
                MIME-Version: 1.0
                Content-Type: multipart/related; boundary=b

                --b
                Content-Type: text/html

                <img src="cid:i@x" alt=i>
                --b
                Content-Type: image/png; name="=?utf-8?q?=C3=A4.png?="
                Content-Transfer-Encoding: base64
                Content-ID: <i@x>
                Content-Disposition: inline

                iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9
                awAAAABJRU5ErkJggg==
                --b--
                """);

        assertThat(rendition.html()).contains("data:image/png;base64,iVBORw0KGgo");
        assertThat(rendition.attachments())
                .containsExactly(new Rendition.CarriedFile("2", "ä.png", "image/png", 70, true));
    }

    @Test
    void showsRemoteImagesUnderAddressesOfItsOwn() throws IOException {
        ImageTokens tokens = new ImageTokens(new byte[32], Clock.systemUTC(), Duration.ofDays(1));
        String html = "<body background='http://i.example/b.png'><img src='http://i.example/a.png'>"
                + "<p style='background:url(//i.example/c.png)'>x</p><img src='http://t.example/o' width=1 height=1>";

        Rendition rendition = renderMessage.html(
                new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)),
                null,
                new ProxiedImages(tokens, Tenant.DEFAULT, ""));

        assertThat(rendition.html())
                .contains("<img src=\"/v1/images/v1.default.")
                .contains("background-image:url(&#39;/v1/images/v1.default.")
                .contains("background:url(&#39;/v1/images/v1.default.")
                .doesNotContain("example");
        assertThat(rendition.counts().blocked()).isEqualTo(1);
        assertThat(new String(RenderMessage.page(rendition), StandardCharsets.UTF_8))
                .contains("img-src data: 'self';");
    }

    @Test
    void refusesTooMuchHtml() {
        byte[] large = "x".repeat(100_001).getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> renderMessage.html(new ByteArrayInputStream(large), null, RemoteImages.blocked()))
                .isInstanceOf(RenderingException.class);
    }

    @Test
    void thePageBringsItsPolicy() throws IOException {
        Rendition rendition = mail("From: a@example.org\n\nhello\n");

        String page = new String(RenderMessage.page(rendition), StandardCharsets.UTF_8);

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("default-src 'none'")
                .contains("hello");
    }

    private Rendition mail(String text) throws IOException {
        return renderMessage.mail(
                new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)),
                RemoteImages.blocked());
    }
}
