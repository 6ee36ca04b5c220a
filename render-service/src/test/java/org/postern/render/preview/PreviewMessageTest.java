package org.postern.render.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.render.RenderLimits;
import org.postern.render.RenderMessage;
import org.postern.render.biweekly.BiweeklyCalendars;
import org.postern.render.imageio.RasterImages;
import org.postern.render.images.SafeImage;
import org.postern.render.owasp.OwaspHtmlSanitizer;
import org.postern.render.yaml.RedirectorTable;
import org.postern.render.yaml.TrackerTable;

class PreviewMessageTest {
    private static final PreviewSize SIZE = new PreviewSize(640, 800);
    private static final String MAIL = "From: a@example.org\r\nContent-Type: text/html\r\n\r\n"
            + "<p>Hello</p><script>alert(1)</script><img src='https://pictures.example/a.png'>";

    private final RenderMessage renderMessage = new RenderMessage(
            new OwaspHtmlSanitizer(TrackerTable.own(), RedirectorTable.own()),
            new BiweeklyCalendars(),
            new RenderLimits(1 << 20, 1 << 20, Duration.ofSeconds(30), 1));

    @Test
    void what_is_photographed_is_the_harmless_page_without_anything_remote() throws Exception {
        AtomicReference<String> shown = new AtomicReference<>("");
        preview((page, size) -> {
                    shown.set(new String(page, StandardCharsets.UTF_8));
                    return png(4, 3);
                })
                .of(mail(), SIZE);

        assertThat(shown.get())
                .contains("<p>Hello</p>", "default-src 'none'")
                .doesNotContain("alert", "pictures.example");
    }

    @Test
    void the_picture_is_made_anew() throws Exception {
        byte[] png = png(4, 3);
        byte[] withMore = Arrays.copyOf(png, png.length + 100);

        SafeImage picture = preview((page, size) -> withMore).of(mail(), SIZE);

        assertThat(picture.mediaType()).isEqualTo("image/png");
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.bytes())).getWidth())
                .isEqualTo(4);
        assertThat(picture.size()).isLessThan(withMore.length);
    }

    @Test
    void what_is_no_picture_is_not_passed_on() {
        assertThatThrownBy(() -> preview((page, size) -> "<svg/>".getBytes(StandardCharsets.UTF_8))
                        .of(mail(), SIZE))
                .isInstanceOfSatisfying(
                        PreviewException.class, e -> assertThat(e.reason()).isEqualTo(PreviewException.Reason.FAILED));
    }

    @Test
    void an_installation_that_wants_none_makes_none() {
        assertThatThrownBy(() -> preview(Screenshots.off()).of(mail(), SIZE))
                .isInstanceOfSatisfying(
                        PreviewException.class, e -> assertThat(e.reason()).isEqualTo(PreviewException.Reason.OFF));
    }

    @ParameterizedTest
    @CsvSource({"199, 800", "1281, 800", "640, 99", "640, 4001", "-1, -1"})
    void a_size_has_bounds(int width, int height) {
        assertThatThrownBy(() -> new PreviewSize(width, height)).isInstanceOf(IllegalArgumentException.class);
    }

    private PreviewMessage preview(Screenshots screenshots) {
        return new PreviewMessage(renderMessage, screenshots, new RasterImages(1 << 20, 1));
    }

    private static ByteArrayInputStream mail() {
        return new ByteArrayInputStream(MAIL.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] png(int width, int height) {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
