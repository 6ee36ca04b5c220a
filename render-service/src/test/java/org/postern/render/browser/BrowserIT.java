package org.postern.render.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.render.Calendars;
import org.postern.render.RenderLimits;
import org.postern.render.RenderMessage;
import org.postern.render.RenderingBudget;
import org.postern.render.Rendition;
import org.postern.render.SanitizedHtml;
import org.postern.render.ViewPage;
import org.postern.render.images.ImageAddress;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.owasp.OwaspHtmlSanitizer;
import org.postern.render.remote.RemoteImages;
import org.postern.render.remote.RemoteUrl;
import org.postern.render.remote.Trackers;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

/** What the sanitizer lets through does nothing in a real browser, without any policy of the page to help. */
class BrowserIT {
    private static Harness harness;

    private final OwaspHtmlSanitizer sanitizer = new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own());

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        harness = new Harness();
    }

    @AfterAll
    static void close() throws IOException {
        harness.close();
    }

    @Test
    void theHarnessSeesVectorsFireThatNobodySanitised() throws Exception {
        List<String> raw = Vectors.own().stream().map(Vector::html).toList();

        Harness.Outcome outcome = harness.show(raw);

        assertThat(outcome.fired()).hasSizeGreaterThan(raw.size() / 4);
        assertThat(outcome.asked()).hasSizeGreaterThan(raw.size() / 4);
        assertThat(outcome.suspects()).isNotEmpty();
    }

    @Test
    void nothingOfOurOwnVectorsFires() throws Exception {
        assertHarmless(Vectors.own());
    }

    @Test
    void theHarnessSeesTheCollectionsFireThatNobodySanitised() throws Exception {
        Path corpora = Vectors.corpora();
        assumeTrue(
                corpora != null,
                "skipped: these are test cases of others, which this project may not copy and this machine does not have");
        List<String> raw = Vectors.ofOthers(corpora).stream().map(Vector::html).toList();

        Harness.Outcome outcome = harness.show(raw);

        // Many are for browsers of long ago.
        assertThat(outcome.fired()).hasSizeGreaterThan(raw.size() / 10);
        assertThat(outcome.asked()).hasSizeGreaterThan(raw.size() / 10);
    }

    @Test
    void nothingOfTheCollectionsFires() throws Exception {
        Path corpora = Vectors.corpora();
        assumeTrue(
                corpora != null,
                "skipped: these are test cases of others, which this project may not copy and this machine does not have");

        assertHarmless(Vectors.ofOthers(corpora));
    }

    @Test
    void nothingFiresWithTheLineEndsOfMailsInIt() throws Exception {
        List<Vector> all = new ArrayList<>(Vectors.own());
        Path corpora = Vectors.corpora();
        if (corpora != null) {
            all.addAll(Vectors.ofOthers(corpora));
        }

        assertHarmless(all.stream()
                .map(vector -> new Vector(
                        vector.name(), vector.html().replace("\n", " ").replace(" ", "\r\n")))
                .toList());
    }

    @Test
    void throughTheProxyOfOursNothingElseIsFetchedAndNoTrackerAtAll() throws Exception {
        ImageTokens tokens = new ImageTokens(new byte[32], Clock.systemUTC(), Duration.ofDays(1));
        ProxiedImages images = new ProxiedImages(tokens, Tenant.DEFAULT, "http://images.test");
        List<String> safe = Vectors.own().stream()
                .map(vector -> sanitizer
                        .sanitize(vector.html(), List.of(), images, RenderingBudget.of(Duration.ofSeconds(20)))
                        .html())
                .map(html -> "<!DOCTYPE html><body>" + html)
                .toList();

        Harness.Outcome outcome = harness.show(safe);

        assertThat(outcome.fired()).isEmpty();
        assertThat(outcome.left()).isEmpty();
        assertThat(outcome.asked()).isNotEmpty();
        assertThat(images.shown()).extracting(ImageAddress::url).contains("https://seen.example/picture.png");
        Trackers trackers = TrackerTable.own();
        for (String asked : outcome.asked()) {
            assertThat(asked).startsWith("GET http://images.test/v1/images/v1.default.");
            String token = asked.substring("GET http://images.test/v1/images/".length(), asked.indexOf(" from "));
            RemoteUrl url = RemoteUrl.of(tokens.verify(token).url());
            assertThat(url).isNotNull();
            assertThat(trackers.vendorOf(Objects.requireNonNull(url))).isNull();
            assertThat(url.host())
                    .isNotIn("pixel.example", "hidden.example", "zero.example", "inside.example")
                    .doesNotEndWith("unseen.example");
        }
    }

    @Test
    void aPageByItselfShowsImagesThroughTheProxyBehindItsPolicies() throws Exception {
        ImageTokens tokens = new ImageTokens(new byte[32], Clock.systemUTC(), Duration.ofDays(1));
        Rendition rendition = new RenderMessage(
                        sanitizer, Calendars.NONE, new RenderLimits(10_000, 10_000, Duration.ofSeconds(20), 1))
                .html(
                        new ByteArrayInputStream("<img src='http://i.example/a.png'>".getBytes(StandardCharsets.UTF_8)),
                        null,
                        new ProxiedImages(tokens, Tenant.DEFAULT, ""));

        assertThat(harness.showAlone(ViewPage.of(rendition), rendition.csp()))
                .singleElement()
                .asString()
                .startsWith("GET http://harness.test/v1/images/v1.default.");
    }

    private void assertHarmless(List<Vector> vectors) throws InterruptedException {
        List<String> safe = vectors.stream().map(this::sanitized).toList();

        Harness.Outcome outcome = harness.show(safe);

        assertThat(outcome.fired().stream()
                        .map(number -> number < 0 ? "?" : vectors.get(number).name()))
                .as("scripts that ran")
                .isEmpty();
        assertThat(outcome.asked()).as("requests").isEmpty();
        assertThat(outcome.suspects()).as("what could run or fetch").isEmpty();
        assertThat(outcome.left()).as("navigations").isEmpty();
    }

    private String sanitized(Vector vector) {
        SanitizedHtml once = sanitize(vector.html());
        assertThat(sanitize(once.html()).html()).as(vector.name()).isEqualTo(once.html());
        return "<!DOCTYPE html><body>" + once.html();
    }

    private SanitizedHtml sanitize(String html) {
        return sanitizer.sanitize(html, List.of(), RemoteImages.blocked(), RenderingBudget.of(Duration.ofSeconds(20)));
    }
}
