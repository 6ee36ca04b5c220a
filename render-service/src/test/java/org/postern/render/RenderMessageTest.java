package org.postern.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postern.events.ContentHash;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.render.biweekly.BiweeklyCalendars;
import org.postern.render.images.CarriedImages;
import org.postern.render.images.ImageAddress;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.PartAddress;
import org.postern.render.images.PartTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.owasp.HarmlessHtml;
import org.postern.render.owasp.OwaspHtmlSanitizer;
import org.postern.render.remote.RemoteImages;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

class RenderMessageTest {
    private final RenderMessage renderMessage = new RenderMessage(
            new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own()),
            new BiweeklyCalendars(),
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
    void imagesOfAStoredMailHaveAddressesAndNoneThatItBroughtIsBelieved() throws IOException {
        PartTokens tokens = new PartTokens(new byte[32], Clock.systemUTC(), Duration.ofDays(1));
        ObjectReference mail = new ObjectReference(
                Tenant.DEFAULT, ObjectId.of("0f8fad5bd9cb469fa16570867728950e"), ContentHash.of("ab".repeat(32)), 1000);
        String foreign = "/v1/images/" + tokens.sign(new PartAddress(mail, "9"));
        String text = """
            From: a@example.org
            MIME-Version: 1.0
            Content-Type: multipart/related; boundary=b

            --b
            Content-Type: text/html

            <img src="cid:i@x"><img src="cid:w@x"><img src="FOREIGN">
            --b
            Content-Type: image/gif
            Content-ID: <i@x>
            Content-Transfer-Encoding: base64

            R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7
            --b
            Content-Type: image/webp
            Content-ID: <w@x>
            Content-Transfer-Encoding: base64

            UklGRgAAAABXRUJQVlA4IA==
            --b--
            """.replace("FOREIGN", foreign);

        Rendition rendition = renderMessage.mail(
                new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)),
                new CarriedImages(tokens, mail, "https://mail.example", RemoteImages.blocked()));

        assertThat(rendition.html())
                .contains("<img src=\"https://mail.example/v1/images/" + tokens.sign(new PartAddress(mail, "2")) + "\"")
                .as("what is not decoded here is shown by value")
                .containsOnlyOnce("data:image/webp")
                .doesNotContain(foreign);
        assertThat(rendition.csp()).contains("img-src data: https://mail.example;");
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
                .contains("background-image:url('/v1/images/v1.default.")
                .contains("background:url(&#39;/v1/images/v1.default.")
                .doesNotContain("example");
        assertThat(rendition.counts().blocked()).isEqualTo(1);
        assertThat(new String(ViewPage.of(rendition), StandardCharsets.UTF_8)).contains("img-src data: 'self';");
    }

    @Test
    void refusesTooMuchHtml() {
        byte[] large = "x".repeat(100_001).getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> renderMessage.html(new ByteArrayInputStream(large), null, RemoteImages.blocked()))
                .isInstanceOf(RenderingException.class);
    }

    @Test
    void sumsUpCalendarsAndTellsThatAReceiptWasAskedFor() throws IOException {
        Rendition rendition = mail("""
            From: a@example.org
            Disposition-Notification-To: a@example.org
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain

            Come.
            --b
            Content-Type: text/calendar; method=REQUEST

            BEGIN:VCALENDAR
            BEGIN:VEVENT
            SUMMARY:Tea
            DTSTART:20260301T090000Z
            END:VEVENT
            END:VCALENDAR
            --b--
            """);

        assertThat(rendition.events()).singleElement().satisfies(event -> {
            assertThat(event.summary()).isEqualTo("Tea");
            assertThat(event.start()).isEqualTo("2026-03-01T09:00:00Z");
        });
        assertThat(rendition.removed()).contains(new RemovedConstruct("receipt-request", 1));
        assertThat(new String(ViewPage.withBanner(rendition, Locale.ENGLISH), StandardCharsets.UTF_8))
                .contains("<dd><bdi>Tea</bdi></dd>");
    }

    @Test
    void anImageWhoseAddressNamesTheReaderIsATracker() throws IOException {
        Rendition rendition = mail("""
            From: a@example.org
            To: Reader <reader@example.net>
            Content-Type: text/html

            <img src="https://i.example/a.png?who=reader%40example.net"><img src="https://i.example/b.png">
            """);

        assertThat(rendition.counts().blocked()).isEqualTo(2);
        assertThat(rendition.counts().trackers()).isEqualTo(1);
    }

    @Test
    void linksTellWhereTheyLeadInTheEnd() throws IOException {
        Rendition rendition = mail("""
            From: a@example.org
            Content-Type: text/html

            <a href="https://www.google.com/url?q=https://shop.example/a">shop.example</a>
            <a href="https://www.google.com/url?q=https://evil.example/">bank.example</a>
            """);

        assertThat(rendition.links())
                .extracting(Link::unwrapped)
                .containsExactly("https://shop.example/a", "https://evil.example/");
        assertThat(rendition.links()).extracting(Link::mismatch).containsExactly(false, true);
    }

    @Test
    void ofAnImageInSeveralSizesEverybodyGetsTheSame() throws IOException {
        ImageTokens tokens = new ImageTokens(new byte[32], Clock.systemUTC(), Duration.ofDays(1));
        ProxiedImages images = new ProxiedImages(tokens, Tenant.DEFAULT, "");
        String html = "<img width=10 src='http://i.example/1.png' srcset='http://i.example/1.png 1x,"
                + " http://i.example/2.png 2x, http://i.example/3.png 3x'><img srcset='http://i.example/4.png 500w'>"
                + "<img src='http://i.example/5.png' srcset='http://i.example/6.png 2x'>";

        Rendition rendition =
                renderMessage.html(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)), null, images);

        assertThat(rendition.html()).doesNotContain("srcset");
        assertThat(images.shown())
                .extracting(ImageAddress::url)
                .containsExactly("http://i.example/2.png", "http://i.example/4.png", "http://i.example/5.png");
    }

    @Test
    void aMailThatTakesTooLongIsShownAsText() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        OwaspHtmlSanitizer real = new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own());
        RenderMessage slow = new RenderMessage(
                (html, images, remote, budget) -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new RenderingException(RenderingException.Reason.TOO_EXPENSIVE, "too slow");
                    }
                    return real.sanitize(html, images, remote, budget);
                },
                Calendars.NONE,
                new RenderLimits(1_000_000, 100_000, Duration.ofSeconds(20), 2));

        Rendition rendition = slow.html(
                new ByteArrayInputStream(
                        "<style>p{}</style><p>Tea &amp; <b onclick=x()>cake</b></p><script>x()</script>"
                                .getBytes(StandardCharsets.UTF_8)),
                null,
                RemoteImages.blocked());

        HarmlessHtml.check(rendition.html());
        assertThat(rendition.text()).isEqualTo("Tea & cake");
        assertThat(rendition.removed()).contains(new RemovedConstruct(Rendition.AS_TEXT, 1));
        assertThat(new String(ViewPage.withBanner(rendition, Locale.FRENCH), StandardCharsets.UTF_8))
                .contains("en voici le texte");
    }

    @Test
    void aMailThatTheParserGivesUpIsShownAsText() throws IOException {
        try (InputStream html = Files.newInputStream(Path.of("src/test/resources/repeats/lost-count.html"))) {
            Rendition rendition = renderMessage.html(html, null, RemoteImages.blocked());

            assertThat(rendition.text()).isEqualTo("kept");
            assertThat(rendition.removed()).contains(new RemovedConstruct(Rendition.AS_TEXT, 1));
        }
    }

    @Test
    void thePageBringsItsPolicy() throws IOException {
        Rendition rendition = mail("From: a@example.org\n\nhello\n");

        String page = new String(ViewPage.of(rendition), StandardCharsets.UTF_8);

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
