package org.postern.render.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.outbound.NameResolver;
import org.postern.outbound.Network;
import org.postern.outbound.OutboundGuard;
import org.postern.outbound.Reach;
import org.postern.render.Calendars;
import org.postern.render.RenderLimits;
import org.postern.render.RenderMessage;
import org.postern.render.Rendition;
import org.postern.render.ViewPage;
import org.postern.render.imageio.RasterImages;
import org.postern.render.images.ImageAddress;
import org.postern.render.images.ImageCache;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.images.SafeImage;
import org.postern.render.images.ShowImages;
import org.postern.render.owasp.OwaspHtmlSanitizer;
import org.postern.render.web.WebImages;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

/**
 * A newsletter looks after rendering as it did before: the same text, and in a browser nearly the same picture, its images
 * fetched through the image proxy from a site of this test.
 */
class FidelityIT {
    private static final String ORIGIN = "http://" + CatchAllProxy.OWN;
    private static final int WIDE = 600;
    private static final int NARROW = 375;
    private static final int LOWEST = 800;
    private static final int HIGHEST = 4000;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Vertx VERTX = Vertx.vertx();
    private static final ExecutorService NAMES = Executors.newCachedThreadPool();
    private static PictureSite site;
    private static Harness harness;
    private static Page page;

    private final ImageTokens tokens = new ImageTokens(new byte[32], Clock.systemUTC(), Duration.ofDays(1));
    private final RenderMessage renderMessage = new RenderMessage(
            new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own()),
            Calendars.NONE,
            new RenderLimits(1_000_000, 1_000_000, LONGEST, 2));
    private final ShowImages showImages = new ShowImages(
            TrackerTable.own(),
            new WebImages(
                    VERTX.createHttpClient(new HttpClientOptions().setKeepAlive(false)),
                    new OutboundGuard(NameResolver.system(), List.of(Network.of("127.0.0.0/8")), Reach.WEB),
                    new WebImages.FetchLimits(10_000_000, LONGEST, 2, "Postern-Image-Proxy"),
                    NAMES),
            new RasterImages(25_000_000, 300),
            new NoCache(),
            Clock.systemUTC(),
            Duration.ofMinutes(1),
            4);

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        site = new PictureSite();
        harness = new Harness();
        page = harness.chromium().open();
    }

    @AfterAll
    static void close() throws IOException {
        page.close();
        harness.close();
        site.close();
        NAMES.shutdownNow();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void newslettersKeepTheirTextAndTheirLooks() throws Exception {
        FidelityReport report = new FidelityReport();
        for (Newsletter newsletter : newsletters()) {
            Newsletter here = newsletter.withPictures(site::take);
            Shown before = show(here.name() + "/before", original(here));
            Shown after = show(here.name() + "/after", proxied(here));
            assertThat(before.broken())
                    .as("images of %s that did not load", here)
                    .isZero();
            assertThat(after.broken())
                    .as("images of %s the proxy did not show", here)
                    .isZero();
            double kept = textKept(before.text(), after.text());
            for (Map.Entry<Integer, BufferedImage> picture : before.pictures().entrySet()) {
                BufferedImage rendition =
                        Objects.requireNonNull(after.pictures().get(picture.getKey()));
                double likeness = StructuralSimilarity.of(picture.getValue(), rendition);
                report.add(
                        new FidelityReport.Line(here.name(), picture.getKey(), likeness, kept),
                        picture.getValue(),
                        rendition);
            }
        }
        report.write();

        assertThat(site.asked()).as("images fetched through the proxy").isPositive();
        assertThat(report.lines()).hasSizeGreaterThanOrEqualTo(10).allSatisfy(line -> {
            assertThat(line.textKept()).as("text of %s", line).isGreaterThanOrEqualTo(0.995);
            assertThat(line.likeness()).as("looks of %s", line).isGreaterThanOrEqualTo(0.90);
        });
        assertThat(report.mean()).isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void aDamagedRenditionIsNoticed() throws Exception {
        Newsletter newsletter = Newsletter.all(null).stream()
                .filter(one -> one.name().equals("hybrid-columns"))
                .findFirst()
                .orElseThrow()
                .withPictures(site::take);
        BufferedImage before = Objects.requireNonNull(
                show("damaged/before", original(newsletter)).pictures().get(WIDE));
        String whole = proxied(newsletter);

        assertThat(StructuralSimilarity.of(before, picture("damaged/unstyled", whole.replace(" style=", " data-x="))))
                .as("without its styles")
                .isLessThan(0.90);
        assertThat(StructuralSimilarity.of(before, picture("damaged/unpictured", whole.replace(" src=", " data-x="))))
                .as("without its images")
                .isLessThan(0.90);
        assertThat(textKept("one two three four", "one two three")).isLessThan(0.995);
    }

    /** All of the project's, and one of three of the collections unless {@code -Dpostern.fidelity=all} asks for all. */
    private static List<Newsletter> newsletters() throws IOException {
        List<Newsletter> own = Newsletter.all(null);
        List<Newsletter> all = Newsletter.all(Vectors.corpora());
        boolean everyOne = "all".equals(System.getProperty("postern.fidelity"));
        return IntStream.range(0, all.size())
                .filter(i -> i < own.size() || everyOne || (i - own.size()) % 3 == 0)
                .mapToObj(all::get)
                .toList();
    }

    private BufferedImage picture(String name, String html) throws IOException, InterruptedException {
        return Objects.requireNonNull(show(name, html).pictures().get(WIDE));
    }

    /** @param broken how many images there are that did not load */
    private record Shown(String text, int broken, Map<Integer, BufferedImage> pictures) {}

    private Shown show(String name, String html) throws IOException, InterruptedException {
        String url = ORIGIN + "/" + name;
        harness.proxy().put(url, CatchAllProxy.Answer.html(html));
        Map<Integer, BufferedImage> pictures = new HashMap<>();
        String text = "";
        int broken = 0;
        for (int width : List.of(WIDE, NARROW)) {
            page.show(width, LOWEST, false);
            if (width == WIDE) {
                assertThat(page.go(url, LONGEST)).as("%s loads", name).isTrue();
                text = page.evaluate("document.body.innerText").asText();
                broken = page.evaluate("[...document.images].filter(i => i.src && !i.naturalWidth).length")
                        .asInt();
            }
            int height = page.evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)")
                    .asInt();
            page.show(width, Math.clamp(height, LOWEST, HIGHEST), false);
            byte[] picture = page.picture(width, Math.clamp(height, LOWEST, HIGHEST));
            pictures.put(width, ImageIO.read(new ByteArrayInputStream(picture)));
        }
        return new Shown(text, broken, pictures);
    }

    /** The newsletter as it came, its pictures where the browser finds them. */
    private String original(Newsletter newsletter) {
        newsletter.withPictures(url -> {
            harness.proxy().put(url, new CatchAllProxy.Answer("", site.bytes(url)));
            return url;
        });
        return newsletter.html();
    }

    /** Its rendition, its pictures behind the addresses that rendering gave out. */
    private String proxied(Newsletter newsletter) throws Exception {
        ProxiedImages images = new ProxiedImages(tokens, Tenant.DEFAULT, "");
        Rendition rendition = renderMessage.html(
                new ByteArrayInputStream(newsletter.html().getBytes(StandardCharsets.UTF_8)), "utf-8", images);
        for (ImageAddress address : images.shown()) {
            SafeImage image = showImages.image(address);
            harness.proxy()
                    .put(
                            ORIGIN + ProxiedImages.PATH + tokens.sign(address),
                            new CatchAllProxy.Answer("Content-Type: " + image.mediaType() + "\r\n", image.bytes()));
        }
        return new String(ViewPage.of(rendition), StandardCharsets.UTF_8);
    }

    /** How much of the words of one text is in another, by their length. */
    private static double textKept(String before, String after) {
        Map<String, Integer> left = new HashMap<>();
        for (String word : words(after)) {
            left.merge(word, 1, Integer::sum);
        }
        int all = 0;
        int kept = 0;
        for (String word : words(before)) {
            all += word.length();
            if (left.merge(word, -1, Integer::sum) >= 0) {
                kept += word.length();
            }
        }
        return all == 0 ? 1 : (double) kept / all;
    }

    private static String[] words(String text) {
        return text.strip().split("[\\s\\u00a0\\u200c\\u034f]+");
    }

    /** Keeps nothing: each picture comes from the site. */
    private static final class NoCache implements ImageCache {
        @Override
        public Optional<SafeImage> find(ImageAddress address) {
            return Optional.empty();
        }

        @Override
        public void keep(ImageAddress address, SafeImage image) {
            // On purpose.
        }
    }
}
