package org.postern.render.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.postern.events.Tenant;
import org.postern.events.codec.EventJson;
import org.postern.render.Corpus;
import org.postern.render.RenderLimits;
import org.postern.render.RenderMessage;
import org.postern.render.biweekly.BiweeklyCalendars;
import org.postern.render.images.ImageTokens;
import org.postern.render.images.ProxiedImages;
import org.postern.render.owasp.OwaspHtmlSanitizer;
import org.postern.render.remote.RemoteImages;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

/** Renditions are kept under the version of the rules they were made by: one that is not raised would show old ones. */
class RenditionRulesTest {
    private static final Path KNOWN = Path.of("src/test/resources/rules/renditions.txt");

    @Test
    void theVersionIsRaisedWithWhatRenditionsSay() throws Exception {
        String now = RenditionRules.VERSION + " " + sumOfAllRenditions();

        assertThat(Files.readString(KNOWN).strip())
                .as(
                        "Renditions are not what they were, or the tests have others: raise RenditionRules.VERSION by one and write \"%s\" into %s",
                        now, KNOWN)
                .isEqualTo(now);
    }

    @Test
    void theRulesNameTheReleaseAndTheTables() {
        assertThat(RenditionRules.now("1.0")).matches("1\\.0 [0-9]+ [0-9a-f]{64}");
        assertThat(RenditionRules.now("1.1")).isNotEqualTo(RenditionRules.now("1.0"));
    }

    private static String sumOfAllRenditions() throws Exception {
        RenderMessage renderMessage = new RenderMessage(
                new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own()),
                new BiweeklyCalendars(),
                new RenderLimits(50_000_000, 10_000_000, Duration.ofSeconds(60), 2));
        Clock clock = InstantSource.fixed(Instant.EPOCH).withZone(ZoneOffset.UTC);
        ImageTokens tokens = new ImageTokens(new byte[32], clock, Duration.ofDays(7));
        MessageDigest sum = MessageDigest.getInstance("SHA-256");
        for (String html : Corpus.all().values()) {
            for (String type : new String[] {"text/html", "text/plain; format=flowed"}) {
                String mail = "From: a@example.org\nTo: reader@example.org\nContent-Type: " + type
                        + "; charset=utf-8\n\n" + html;
                for (RemoteImages images :
                        new RemoteImages[] {RemoteImages.blocked(), new ProxiedImages(tokens, Tenant.DEFAULT, "")}) {
                    sum.update(EventJson.mapper()
                            .writeValueAsBytes(renderMessage.mail(
                                    new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)), images)));
                }
            }
        }
        return HexFormat.of().formatHex(sum.digest());
    }
}
