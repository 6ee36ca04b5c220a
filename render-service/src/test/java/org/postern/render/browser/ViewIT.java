package org.postern.render.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.events.ContentHash;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.render.Calendars;
import org.postern.render.RenderLimits;
import org.postern.render.RenderMessage;
import org.postern.render.Rendition;
import org.postern.render.ViewPage;
import org.postern.render.Warning;
import org.postern.render.images.CarriedImages;
import org.postern.render.images.ImageAddress;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.PartAddress;
import org.postern.render.images.PartTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.images.SafeImage;
import org.postern.render.owasp.OwaspHtmlSanitizer;
import org.postern.render.remote.RemoteImages;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

/** The page of a mail by itself, behind the policy it is served with, in the hands of a reader. */
class ViewIT {
    private static final String URL = "http://" + CatchAllProxy.OWN + "/v1/messages/1/view";
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String MAIL = """
        From: a@example.org
        MIME-Version: 1.0
        Content-Type: multipart/related; boundary=b

        --b
        Content-Type: text/html; charset=utf-8

        <html><head><meta name="color-scheme" content="light dark"><style>
        .x{color:rgb(1,2,3)} div,p{display:none !important}
        @media (prefers-color-scheme:dark){.x{color:rgb(250,250,250)}}</style></head>
        <body><span class=x id=a>Hello</span> <a id=l href="http://shop.example/a">shop</a>
        <img id=i src="cid:i@x"><img id=r src="http://pics.example/r.png">
        <img src="http://t.example/open.gif?u=1" width=1 height=1></body></html>
        --b
        Content-Type: image/png
        Content-Transfer-Encoding: base64
        Content-ID: <i@x>

        iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9
        awAAAABJRU5ErkJggg==
        --b--
        """;

    private static final ObjectReference STORED = new ObjectReference(
            Tenant.DEFAULT, ObjectId.of("0f8fad5bd9cb469fa16570867728950e"), ContentHash.of("ab".repeat(32)), 1000);

    private static Harness harness;
    private final ImageTokens tokens = new ImageTokens(new byte[32], Clock.systemUTC(), Duration.ofDays(1));
    private final RenderMessage renderMessage = new RenderMessage(
            new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own()),
            Calendars.NONE,
            new RenderLimits(100_000, 100_000, Duration.ofSeconds(20), 1));
    private final PartTokens partTokens = new PartTokens(new byte[32], Clock.systemUTC(), Duration.ofDays(1));
    private Page page;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        harness = new Harness();
    }

    @AfterAll
    static void close() throws IOException {
        harness.close();
    }

    @BeforeEach
    void serve() throws IOException, InterruptedException {
        put(URL, render(RemoteImages.blocked()), Locale.ENGLISH);
        ProxiedImages images = new ProxiedImages(tokens, Tenant.DEFAULT, "");
        put(URL + "?remote=proxied", render(images), Locale.ENGLISH);
        for (ImageAddress address : images.shown()) {
            harness.proxy()
                    .put(
                            "http://" + CatchAllProxy.OWN + ProxiedImages.PATH + tokens.sign(address),
                            new CatchAllProxy.Answer("Content-Type: image/gif\r\n", SafeImage.NOTHING.bytes()));
        }
        harness.proxy().put("http://shop.example/a", CatchAllProxy.Answer.html("<title>shop</title>"));
        harness.proxy().forget();
        page = harness.chromium().open();
        page.show(600, 800, false);
        assertThat(page.go(URL, LONGEST)).isTrue();
    }

    @AfterEach
    void leave() {
        page.close();
    }

    private Rendition render(RemoteImages images) throws IOException {
        return renderMessage
                .mail(new ByteArrayInputStream(MAIL.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)), images)
                .with(List.of(new Warning("odd-link", "high", "A link <leads> elsewhere.")));
    }

    private static void put(String url, Rendition rendition, Locale language) {
        harness.proxy()
                .put(
                        url,
                        new CatchAllProxy.Answer(
                                "Content-Type: text/html; charset=utf-8\r\nContent-Security-Policy: " + rendition.csp()
                                        + "\r\n",
                                ViewPage.withBanner(rendition, language)));
    }

    @Test
    void aLinkOpensInANewTabThatDoesNotKnowThePage() {
        page.click("#pm-l");

        Awaitility.await()
                .atMost(LONGEST)
                .until(() -> harness.chromium().pages().contains("http://shop.example/a"));
        assertThat(page.evaluate("location.href").asText()).isEqualTo(URL);
        assertThat(page.evaluate("document.querySelector('#pm-l').rel").asText())
                .contains("noopener", "noreferrer");
    }

    @Test
    void anInlineImageShowsAndNothingIsFetched() {
        assertThat(page.evaluate("document.querySelector('#pm-i').naturalWidth").asInt())
                .isEqualTo(1);
        assertThat(harness.proxy().strangers()).isEmpty();
    }

    @Test
    void anInlineImageShowsByItsSignedAddressToAPageWithoutCookies() throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", png);
        harness.proxy()
                .put(
                        "http://" + CatchAllProxy.OWN + ProxiedImages.PATH
                                + partTokens.sign(new PartAddress(STORED, "2")),
                        new CatchAllProxy.Answer("Content-Type: image/png\r\n", png.toByteArray()));
        Rendition rendition = render(new CarriedImages(partTokens, STORED, "", RemoteImages.blocked()));
        put(URL, rendition, Locale.ENGLISH);

        assertThat(page.go(URL, LONGEST)).isTrue();

        assertThat(rendition.html()).doesNotContain("data:");
        assertThat(page.evaluate("document.querySelector('#pm-i').naturalWidth").asInt())
                .isEqualTo(3);
        assertThat(harness.proxy().strangers()).isEmpty();
    }

    @Test
    void theBannerWarnsAndTellsWhatWasNotLoadedWhateverTheStylesOfTheMail() {
        assertThat(page.evaluate("document.querySelector('.postern-banner').innerText")
                        .asText())
                .contains("A link <leads> elsewhere.")
                .contains("2 things that this mail wanted from the Internet were not loaded.")
                .contains("One of them is there to tell somebody that you read it.")
                .contains("Show images");
        page.click("summary");
        assertThat(page.evaluate("document.querySelector('.postern-banner').innerText")
                        .asText())
                .contains("pics.example (image) ×1")
                .contains("t.example (image, tracker) ×1");
    }

    @Test
    void theBannerSpeaksTheLanguageOfTheReader() throws Exception {
        put(URL, render(RemoteImages.blocked()), Locale.FRENCH);

        assertThat(page.go(URL, LONGEST)).isTrue();

        assertThat(page.evaluate("document.querySelector('.postern-banner').innerText")
                        .asText())
                .contains("2 contenus que ce message voulait prendre sur Internet n’ont pas été chargés.")
                .contains("Afficher les images");
    }

    @Test
    void showImagesShowsThemThroughTheProxyAndNoTracker() {
        page.click(".postern-banner a");

        Awaitility.await().atMost(LONGEST).ignoreExceptions().until(() -> page.evaluate("location.search")
                .asText()
                .equals("?remote=proxied"));
        Awaitility.await()
                .atMost(LONGEST)
                .ignoreExceptions()
                .until(() -> page.evaluate("document.querySelector('#pm-r').naturalWidth")
                                .asInt()
                        == 1);
        assertThat(page.evaluate("document.querySelector('.postern-banner').innerText")
                        .asText())
                .contains("Hide images");
        assertThat(harness.proxy().strangers()).isEmpty();
    }

    @Test
    void theMailIsDarkForWhoPrefersIt() {
        page.show(600, 800, true);

        assertThat(page.evaluate("getComputedStyle(document.querySelector('#pm-a')).color")
                        .asText())
                .isEqualTo("rgb(250, 250, 250)");
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.postern-banner')).backgroundColor")
                        .asText())
                .isEqualTo("rgb(38, 40, 44)");
    }

    @Test
    void onPaperTheMailIsWholeAndHasNothingToClick() {
        page.onPaper(true);

        assertThat(page.evaluate("getComputedStyle(document.querySelector('.postern-banner a')).display")
                        .asText())
                .isEqualTo("none");
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.postern-mail')).overflow")
                        .asText())
                .isEqualTo("visible");
        assertThat(new String(page.paper(), 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
    }
}
