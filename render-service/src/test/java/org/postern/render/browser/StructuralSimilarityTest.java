package org.postern.render.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/** Against values worked out from the formula by hand: C1 is 6.5025, C2 is 58.5225. */
class StructuralSimilarityTest {
    private final BufferedImage board = picture((x, y) -> (x + y) % 2 == 0 ? 0 : 255);

    @Test
    void aPictureIsLikeItself() {
        assertThat(StructuralSimilarity.of(board, board)).isEqualTo(1, within(1e-9));
    }

    @Test
    void ofFlatPicturesOnlyTheBrightnessCounts() {
        // (2*100*200 + C1) / (100*100 + 200*200 + C1)
        assertThat(StructuralSimilarity.of(picture((x, y) -> 100), picture((x, y) -> 200)))
                .isEqualTo(0.800026, within(1e-6));
    }

    @Test
    void theNegativeOfAPictureIsItsOpposite() {
        // Equal means; the variance is 127.5^2, the covariance its negative: (-2*16256.25 + C2) / (2*16256.25 + C2)
        assertThat(StructuralSimilarity.of(board, picture((x, y) -> (x + y) % 2 == 0 ? 255 : 0)))
                .isEqualTo(-0.996406, within(1e-6));
    }

    @Test
    void halfTheContrastIsLessAlike() {
        // Means 127.5 and 63.5, deviations 127.5 and 63.5: the product of both terms
        assertThat(StructuralSimilarity.of(board, picture((x, y) -> (x + y) % 2 == 0 ? 0 : 127)))
                .isEqualTo(0.637376, within(1e-3));
    }

    @Test
    void whatIsMissingCounts() {
        assertThat(StructuralSimilarity.of(board, board.getSubimage(0, 0, 64, 32)))
                .isLessThan(0.6);
    }

    private static BufferedImage picture(IntBinaryOperator grey) {
        BufferedImage picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                picture.setRGB(x, y, 0x010101 * grey.applyAsInt(x, y));
            }
        }
        return picture;
    }
}
