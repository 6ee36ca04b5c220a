package org.postern.spam.phishing.images;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the QR codes in the images of one mail, within limits of count, pixels and time that hold for the mail as a whole.
 * For use by one thread.
 */
public final class QrCodes {
    private static final int MOST_IMAGES = 10;
    private static final long MOST_PIXELS = 12_000_000;
    private static final int SEARCHED_SIDE = 1_000;
    private static final int SMALLEST_SIDE = 40;
    private static final long MOST_NANOS = 400_000_000;
    private static final Map<DecodeHintType, Object> HINTS = Map.of(DecodeHintType.CHARACTER_SET, "UTF-8");

    private int images;
    private long nanos;

    /**
     * What was found in an image.
     *
     * @param texts of its codes
     * @param whole whether the image was searched; not where it is no image we read, or beyond the limits
     */
    public record Content(List<String> texts, boolean whole) {
        static final Content NOTHING = new Content(List.of(), true);
        static final Content UNSEARCHED = new Content(List.of(), false);

        public Content {
            texts = List.copyOf(texts);
        }
    }

    /** The codes of an image file. */
    public Content in(byte[] file) {
        if (file.length == 0) {
            return Content.NOTHING;
        }
        if (isSpent()) {
            return Content.UNSEARCHED;
        }
        long started = System.nanoTime();
        try {
            BufferedImage image = read(file);
            return image == null ? Content.UNSEARCHED : search(image);
        } catch (IOException | RuntimeException e) {
            // The readers of the platform fail in many ways on files that are not quite images.
            return Content.UNSEARCHED;
        } finally {
            images++;
            nanos += System.nanoTime() - started;
        }
    }

    /** The codes of an image that is decoded already. */
    Content in(BufferedImage image) {
        if (isSpent()) {
            return Content.UNSEARCHED;
        }
        long started = System.nanoTime();
        try {
            return search(image);
        } finally {
            images++;
            nanos += System.nanoTime() - started;
        }
    }

    /** Whether an image is too large to be decoded. */
    static boolean isTooLarge(long width, long height) {
        return width * height > MOST_PIXELS;
    }

    private boolean isSpent() {
        return images >= MOST_IMAGES || nanos > MOST_NANOS;
    }

    /** The image, made smaller while it is read; null where it is none we read, or is too large. */
    private static @Nullable BufferedImage read(byte[] file) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return null;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if (isTooLarge(width, height)) {
                    return null;
                }
                ImageReadParam param = reader.getDefaultReadParam();
                int step = Math.max(1, Math.max(width, height) / SEARCHED_SIDE);
                param.setSourceSubsampling(step, step, 0, 0);
                return reader.read(0, param);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Content search(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        if (width < SMALLEST_SIDE || height < SMALLEST_SIDE) {
            return Content.NOTHING;
        }
        LuminanceSource source = new RGBLuminanceSource(width, height, onWhite(image));
        return new Content(
                Stream.of(source, source.invert())
                        .flatMap(light -> decode(light).stream())
                        .distinct()
                        .toList(),
                true);
    }

    /** Transparent pixels are shown on the white of a mail. */
    private static int[] onWhite(BufferedImage image) {
        BufferedImage opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = opaque.createGraphics();
        canvas.setColor(java.awt.Color.WHITE);
        canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
        canvas.drawImage(image, 0, 0, null);
        canvas.dispose();
        return opaque.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static List<String> decode(LuminanceSource source) {
        try {
            Result[] results =
                    new QRCodeMultiReader().decodeMultiple(new BinaryBitmap(new HybridBinarizer(source)), HINTS);
            return Stream.of(results).map(Result::getText).toList();
        } catch (NotFoundException e) {
            return List.of();
        }
    }
}
