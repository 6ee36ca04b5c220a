package org.postern.render.imageio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.render.images.ImageRefusedException;
import org.postern.render.images.ImageRefusedException.Reason;
import org.postern.render.images.SafeImage;

class RasterImagesTest {
    private final RasterImages images = new RasterImages(10_000, 3);

    @ParameterizedTest
    @CsvSource({"png, image/png", "jpeg, image/jpeg", "gif, image/png", "bmp, image/png", "tiff, image/png"})
    void aPictureIsMadeAnew(String format, String type) throws Exception {
        SafeImage made = images.make(picture(format, 20, 10));

        assertThat(made.mediaType()).isEqualTo(type);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(made.bytes()));
        assertThat(read.getWidth()).isEqualTo(20);
        assertThat(read.getRGB(5, 5) & 0xff0000).as("red").isGreaterThan(0xe00000);
    }

    @Test
    void whatIsHiddenBehindThePictureIsGone() throws Exception {
        byte[] png = picture("png", 20, 10);
        byte[] both = (new String(png, StandardCharsets.ISO_8859_1) + "<script>alert(1)</script>")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(new String(images.make(both).bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("script");
    }

    @Test
    void anAnimationKeepsItsFramesUpToALimit() throws Exception {
        byte[] gif = Animations.gif(5);

        SafeImage made = images.make(gif);

        assertThat(made.mediaType()).isEqualTo("image/gif");
        assertThat(Animations.frames(made.bytes())).isEqualTo(3);
        assertThat(Animations.frames(new RasterImages(10_000, 10).make(gif).bytes()))
                .isEqualTo(5);
    }

    @Test
    void aBombIsRefusedByItsHeader() throws IOException {
        byte[] large = picture("png", 200, 100);

        assertThatThrownBy(() -> images.make(large))
                .isInstanceOfSatisfying(
                        ImageRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                "<html></html>",
                "GIF89a",
                "\u0089PNG\r\n\u001a\n",
                "\u00ff\u00d8\u00ff\u00e0"
            })
    void whatIsNoPictureIsRefused(String bytes) {
        assertThatThrownBy(() -> images.make(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOfSatisfying(
                        ImageRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_AN_IMAGE));
    }

    private static byte[] picture(String format, int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                picture.setRGB(x, y, 0xff0000);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, out)).isTrue();
        return out.toByteArray();
    }
}
