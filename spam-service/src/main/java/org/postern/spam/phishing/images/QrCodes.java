package org.postern.spam.phishing.images;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.ResultPointCallback;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    /** What looks like the corner of a code; the library compares each three of them. */
    private static final int MOST_CORNERS = 60;
    /** A JPEG is decoded as a whole for each of its scans; honest ones have ten. */
    private static final int MOST_SCANS = 20;
    /** A TIFF may say any number of samples for a pixel, and have room made for all. Few programs show one. */
    private static final Set<String> READ = Set.of("png", "jpeg", "gif", "bmp", "wbmp");

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

    /** Whether an image file says that it is small enough to be decoded, whatever says so of it elsewhere. */
    static boolean isSmall(InputStream file) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(file)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return false;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return !isTooLarge(reader.getWidth(0), reader.getHeight(0));
            } finally {
                reader.dispose();
            }
        }
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
                if (!READ.contains(reader.getFormatName().toLowerCase(Locale.ROOT)) || !hasFewScans(file)) {
                    return null;
                }
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

    /** Counted over the whole file, as a marker among other data is rare enough: one in 65 536 pairs of bytes, if at random. */
    static boolean hasFewScans(byte[] file) {
        if (file.length < 2 || (file[0] & 0xff) != 0xff || (file[1] & 0xff) != 0xd8) {
            return true;
        }
        int scans = 0;
        for (int i = 2; i + 1 < file.length; i++) {
            scans += (file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == 0xda ? 1 : 0;
        }
        return scans <= MOST_SCANS;
    }

    private static Content search(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        if (width < SMALLEST_SIDE || height < SMALLEST_SIDE) {
            return Content.NOTHING;
        }
        LuminanceSource source = new RGBLuminanceSource(width, height, onWhite(image));
        Set<String> texts = new LinkedHashSet<>();
        boolean whole = decode(source, texts) & decode(source.invert(), texts);
        return new Content(List.copyOf(texts), whole);
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

    /** Whether it was searched to its end. */
    private static boolean decode(LuminanceSource source, Set<String> texts) {
        int[] corners = {0};
        ResultPointCallback counted = corner -> {
            if (++corners[0] > MOST_CORNERS) {
                throw new TooManyCornersException();
            }
        };
        Map<DecodeHintType, Object> hints =
                Map.of(DecodeHintType.CHARACTER_SET, "UTF-8", DecodeHintType.NEED_RESULT_POINT_CALLBACK, counted);
        try {
            Result[] results =
                    new QRCodeMultiReader().decodeMultiple(new BinaryBitmap(new HybridBinarizer(source)), hints);
            Stream.of(results).map(Result::getText).forEach(texts::add);
            return true;
        } catch (NotFoundException e) {
            return true;
        } catch (TooManyCornersException e) {
            return false;
        }
    }

    private static final class TooManyCornersException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyCornersException() {
            super("too many corners", null, false, false);
        }
    }
}
