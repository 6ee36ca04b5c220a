package org.postern.render.owasp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.mime.InlineImage;
import org.postern.render.CarriedImage;
import org.postern.render.RemovedConstruct;
import org.postern.render.RenderingBudget;
import org.postern.render.RenderingException;
import org.postern.render.SanitizedHtml;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteReference;
import org.postern.render.remote.RemoteUrl;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

class OwaspHtmlSanitizerTest {
    private static final Path HOSTILE = Path.of("src/test/resources/hostile");

    private final OwaspHtmlSanitizer sanitizer = new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own());

    static List<Path> hostile() throws IOException {
        try (Stream<Path> files = Files.list(HOSTILE)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothingThatComesOutCanRunOrFetch(Path file) throws IOException {
        SanitizedHtml result = sanitize(Files.readString(file));

        HarmlessHtml.check(result.html());
        assertThat(result.html()).contains("kept");
        assertThat(result.removed()).extracting(RemovedConstruct::construct).doesNotContain("unstable-markup");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aSecondPassChangesNothing(Path file) throws IOException {
        String once = sanitize(Files.readString(file)).html();

        SanitizedHtml twice = sanitize(once);

        assertThat(twice.html()).isEqualTo(once);
        assertThat(twice.remote()).isEmpty();
        assertThat(twice.removed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "images, img.example, image",
        "images, set.example, image",
        "images, pic.example, image",
        "images, back.example, image",
        "images, body.example, image",
        "images, input.example, image",
        "images, low.example, image",
        "css-url, css.example, image",
        "css-block, css.example, css",
        "css-block, font.example, font",
        "css-block, dns.example, link-prefetch",
        "css-block, pre.example, link-prefetch",
        "media, v.example, media",
        "media, v.example, image",
        "media, a.example, media",
        "media, f.example, frame",
        "media, o.example, object",
        "media, e.example, object",
        "mutation-svg-style, svg.example, image",
        "page, base.example, image",
        "page, refresh.example, refresh",
        "page, form.example, form",
        "page, form2.example, form",
        "page, m.example, other",
        "links, ping.example, ping",
        "script-in-image, evil.example, script"
    })
    void namesWhatWouldHaveBeenFetched(String file, String host, String kind) throws IOException {
        SanitizedHtml result = sanitize(Files.readString(HOSTILE.resolve(file + ".html")));

        assertThat(result.remote())
                .anyMatch(remote ->
                        remote.host().equals(host) && remote.kind().word().equals(kind) && !remote.tracker());
    }

    @Test
    void tellsTrackersFromPictures() throws IOException {
        SanitizedHtml result = sanitize(Files.readString(HOSTILE.resolve("trackers.html")));

        assertThat(result.remote())
                .allMatch(RemoteReference::tracker)
                .extracting(RemoteReference::host)
                .containsExactlyInAnyOrder(
                        "pixel.example", "hidden.example", "zero.example", "inside.example", "x.list-manage.com");
        assertThat(result.remote())
                .filteredOn(remote -> remote.vendor() != null)
                .extracting(RemoteReference::vendor)
                .containsExactly("Mailchimp");
        assertThat(result.html()).contains("display:none").contains("preheader");
    }

    @Test
    void aBackgroundThatNobodyCanSeeIsNotEvenProxied() throws IOException {
        RemoteImages all = new RemoteImages() {
            @Override
            public String addressOf(RemoteUrl url) {
                return "/v1/images/" + url.host();
            }

            @Override
            public boolean isOwn(String address) {
                return address.startsWith("/v1/images/");
            }
        };

        SanitizedHtml result = sanitizer.sanitize(
                Files.readString(HOSTILE.resolve("hidden-backgrounds.html")), List.of(), all, budget());

        assertThat(result.html()).contains("kept").doesNotContain("/v1/images/");
        assertThat(result.remote())
                .allMatch(RemoteReference::tracker)
                .extracting(RemoteReference::host)
                .containsExactlyInAnyOrder("one.example", "two.example", "four.example", "five.example", "six.example");
    }

    @Test
    void aNewsletterKeepsItsLooks() throws IOException {
        String golden = resource("/golden/newsletter.expected.html");

        SanitizedHtml result = sanitize(resource("/golden/newsletter.html"));

        assertThat(result.html().strip()).isEqualTo(golden.strip());
        assertThat(result.direction()).isEqualTo("ltr");
        assertThat(result.language()).isEqualTo("en");
        assertThat(result.links())
                .singleElement()
                .matches(link -> link.mismatch()
                        && "news.example.com".equals(link.host())
                        && link.text().equals("www.bank.example"));
        assertThat(result.text()).contains("Hello").contains("Read www.bank.example.");
    }

    @Test
    void showsImagesOfTheMailThatAreReallyImages() {
        byte[] gif = "GIF89a\1\0\1\0\0\0\0;".getBytes(StandardCharsets.ISO_8859_1);
        List<CarriedImage> images = List.of(
                new CarriedImage("2", new InlineImage("logo@example", gif)),
                new CarriedImage(
                        "3", new InlineImage("svg@example", "<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8))));

        String html = sanitizer
                .sanitize(
                        "<img alt=a src='cid:logo%40example'><img alt=b src=cid:svg@example><img alt=c src=cid:no>",
                        images, RemoteImages.blocked(), budget())
                .html();

        assertThat(html).containsOnlyOnce("src=").contains("data:image/gif;base64,R0lGODlh");
        HarmlessHtml.check(html);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>",
                "<a href=https://x.example/>",
                "<table><tr><td>",
                "<b><i>",
                "<svg><g>",
                "<form>",
                "<p><font>"
            })
    void depthCostsNoMoreThanTime(String tag) {
        SanitizedHtml result = sanitize("<p>kept</p>" + tag.repeat(20_000) + "end");

        HarmlessHtml.check(result.html());
        assertThat(result.html()).contains("kept");
    }

    @Test
    void manyFieldsBesideOneAnotherCostNoMoreThanTime() {
        SanitizedHtml result = sanitize("<p>kept</p>" + "<label>x</label>".repeat(100_000));

        assertThat(result.html()).contains("kept").doesNotContain("label");
    }

    @Test
    void aLongCommentInAStyleIsJustLong() {
        SanitizedHtml result =
                sanitize("<style>/*" + "a*".repeat(500_000) + "/b{background:url(//c.example/x)}</style>kept");

        assertThat(result.remote()).extracting(RemoteReference::host).containsExactly("c.example");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aMailIsCleanedAlikeWhateverItsLinesEndWith(Path file) throws IOException {
        String html = Files.readString(file).replace("\r", "") + "<ul>\n<ul>\n<b title='a\nb'>a\nb</b></ul></ul>";

        SanitizedHtml ofMail = sanitize(html.replace("\n", "\r\n"));

        HarmlessHtml.check(ofMail.html());
        assertThat(ofMail.html().replace("\r", "")).isEqualTo(sanitize(html).html());
        assertThat(sanitize(ofMail.html()).html()).isEqualTo(ofMail.html());
    }

    @Test
    void whatTakesTooLongEndsByItself() {
        String html = "<div style='color:red'>x</div><img src=https://x.example/>".repeat(100_000);
        long begin = System.nanoTime();

        assertThatThrownBy(() -> sanitizer.sanitize(
                        html, List.of(), RemoteImages.blocked(), RenderingBudget.of(Duration.ofMillis(50))))
                .isInstanceOf(RenderingException.class)
                .extracting(e -> ((RenderingException) e).reason().code())
                .isEqualTo("rendering-too-expensive");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }

    private SanitizedHtml sanitize(String html) {
        return sanitizer.sanitize(html, List.of(), RemoteImages.blocked(), budget());
    }

    private static RenderingBudget budget() {
        return RenderingBudget.of(Duration.ofSeconds(20));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = OwaspHtmlSanitizerTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
