package org.postern.render.imageio;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.postern.render.images.ImageMaker;
import org.postern.render.images.ImageRefusedException;
import org.postern.render.images.ImageRefusedException.Reason;
import org.postern.render.images.SafeImage;

/**
 * Decodes PNG, JPEG, GIF, BMP and TIFF by what the bytes are, whatever they were called, and encodes the pixels again.
 * Places, cameras, comments, profiles and whatever was hidden behind the picture are gone. SVG is a document and no
 * raster image.
 */
public final class RasterImages implements ImageMaker {
    private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "bmp", "tif");
    private static final float JPEG_QUALITY = 0.9f;

    private final long mostPixels;
    private final int mostFrames;

    static {
        // Images are small here, and a file would outlive a crash.
        ImageIO.setUseCache(false);
    }

    /**
     * @param mostPixels of one picture, and of all frames of an animation together four times as many
     * @param mostFrames of an animation; the rest is left out
     */
    public RasterImages(long mostPixels, int mostFrames) {
        this.mostPixels = mostPixels;
        this.mostFrames = mostFrames;
    }

    @Override
    public SafeImage make(byte[] bytes) throws ImageRefusedException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new ImageRefusedException(Reason.NOT_AN_IMAGE);
            }
            ImageReader reader = readers.next();
            try {
                String format = reader.getFormatName().toLowerCase(Locale.ROOT);
                if (!FORMATS.contains(format)) {
                    throw new ImageRefusedException(Reason.NOT_AN_IMAGE);
                }
                reader.setInput(in, false, !format.equals("gif"));
                return make(reader, format);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // The codecs of the platform answer damage with exceptions of every kind.
            throw new ImageRefusedException(Reason.NOT_AN_IMAGE);
        }
    }

    private SafeImage make(ImageReader reader, String format) throws IOException, ImageRefusedException {
        // The header says how large it is, before anything is decoded.
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > mostPixels) {
            throw new ImageRefusedException(Reason.TOO_LARGE);
        }
        if (format.equals("gif") && reader.getNumImages(true) > 1) {
            return new SafeImage("image/gif", GifFrames.anew(reader, mostFrames, mostPixels * 4));
        }
        BufferedImage picture = reader.read(0);
        return format.equals("jpeg") && !picture.getColorModel().hasAlpha()
                ? new SafeImage("image/jpeg", jpeg(picture))
                : new SafeImage("image/png", png(picture));
    }

    private static byte[] png(BufferedImage picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(JPEG_QUALITY);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
