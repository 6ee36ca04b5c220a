package org.postern.render.owasp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.events.Tenant;
import org.postern.render.RemovedConstruct;
import org.postern.render.RenderingBudget;
import org.postern.render.SanitizedHtml;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.remote.RemoteReference;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

/** What was learned of style blocks in other mails changes nothing but the time. */
class KnownStylesTest {
    private static final Clock NOW = Clock.systemUTC();
    private static final OwaspHtmlSanitizer EXPERIENCED = fresh();

    private static OwaspHtmlSanitizer fresh() {
        return new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own());
    }

    static List<Path> mails() throws IOException {
        try (Stream<Path> newsletters = Files.list(Path.of("src/test/resources/newsletters"));
                Stream<Path> hostile = Files.list(Path.of("src/test/resources/hostile"))) {
            return Stream.concat(newsletters, hostile)
                    .filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("mails")
    void aMailWithKnownStylesIsCleanedAndReportedAsOneWithNewStyles(Path file) throws IOException {
        String html = Files.readString(file, StandardCharsets.UTF_8);

        SanitizedHtml first = sanitize(fresh(), html);
        sanitize(EXPERIENCED, html);

        assertThat(sanitize(EXPERIENCED, html)).isEqualTo(first);
    }

    @Test
    void aRuleOfOneMailHidesNothingInAnother() {
        String image = "<img class=x src='https://pictures.example/a.png'>";
        sanitize(EXPERIENCED, "<style>.x{display:none}</style>" + image);

        assertThat(sanitize(EXPERIENCED, "<style>.x{color:red}</style>" + image).remote())
                .singleElement()
                .matches(remote -> !remote.tracker());
    }

    @Test
    void theOrderOfKnownBlocksIsThatOfTheMail() {
        String hides = "<style>.x{display:none}</style>";
        String shows = "<style>.x{display:block}</style>";
        String image = "<img class=x src='https://pictures.example/a.png'>";
        for (int time = 0; time < 2; time++) {
            assertThat(sanitize(EXPERIENCED, hides + shows + image).remote())
                    .singleElement()
                    .matches(remote -> !remote.tracker());
            assertThat(sanitize(EXPERIENCED, shows + hides + image).remote())
                    .singleElement()
                    .matches(remote -> remote.tracker());
        }
    }

    @Test
    void addressesInStylesAreReportedEachTime() {
        String mail = "<style>p{background:url(https://pictures.example/a.png)}</style><p>x";
        sanitize(EXPERIENCED, mail);

        assertThat(sanitize(EXPERIENCED, mail).remote()).singleElement().matches(remote -> remote.host()
                .equals("pictures.example"));
    }

    @Test
    void whatIsLeftOutOfAKnownStyleAttributeIsReportedInEachMail() {
        String mail = "<p style='unheard-of:1;color:red'>x</p><p style='unheard-of:1;color:red'>y";
        SanitizedHtml first = sanitize(fresh(), mail);
        sanitize(EXPERIENCED, mail);

        assertThat(sanitize(EXPERIENCED, mail)).isEqualTo(first);
        assertThat(first.removed()).containsExactly(new RemovedConstruct("style-property", 1));
    }

    @Test
    void addressesInStyleAttributesAreReportedEachTime() {
        String mail = "<p style='background:url(https://pictures.example/a.png)'>x";
        sanitize(EXPERIENCED, mail);

        assertThat(sanitize(EXPERIENCED, mail).remote()).singleElement().matches(remote -> remote.host()
                .equals("pictures.example"));
    }

    @Test
    void aKnownStyleAttributeHidesAnImageInEachMail() {
        String mail = "<div style='display:none'><img src='https://pictures.example/a.png'></div>x";
        sanitize(EXPERIENCED, mail);

        assertThat(sanitize(EXPERIENCED, mail).remote()).singleElement().matches(RemoteReference::tracker);
    }

    private static SanitizedHtml sanitize(OwaspHtmlSanitizer sanitizer, String html) {
        return sanitizer.sanitize(
                html,
                List.of(),
                new ProxiedImages(new ImageTokens(new byte[32], NOW, Duration.ofDays(1)), Tenant.DEFAULT, ""),
                RenderingBudget.of(Duration.ofMinutes(2)));
    }
}
