package org.postern.spam.phishing.images;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.jspecify.annotations.Nullable;

/** Finds links and QR codes on the first pages of PDF files. Nothing of a file is run, and nothing it refers to is fetched. */
public final class PdfFiles {
    private static final int MOST_FILES = 3;
    private static final int MOST_PAGES = 5;
    private static final int MOST_LINKS = 200;
    private static final int MOST_IMAGES = 8;
    /** Of all that a file holds together: the library inflates a stream as a whole, onto the heap. */
    private static final long MOST_INFLATED = 48L * 1024 * 1024;

    private static final Set<String> COLOURS =
            Set.of("DeviceGray", "DeviceRGB", "DeviceCMYK", "CalGray", "CalRGB", "ICCBased", "Indexed");
    private static final long MEMORY = 32L * 1024 * 1024;

    private final QrCodes codes;
    private int files;

    /** @param codes whose limits the images of the files share */
    public PdfFiles(QrCodes codes) {
        this.codes = codes;
    }

    /**
     * What a file leads to.
     *
     * @param whole whether all of it was looked at
     */
    public record Content(List<String> links, List<String> codes, boolean whole) {
        static final Content UNREAD = new Content(List.of(), List.of(), false);

        public Content {
            links = List.copyOf(links);
            codes = List.copyOf(codes);
        }
    }

    /** Reads a file; one that cannot be read, or is locked, is told as not looked at. */
    public Content read(byte[] file) {
        if (files++ >= MOST_FILES) {
            return Content.UNREAD;
        }
        try {
            return InflatedSize.isAtMost(MOST_INFLATED, file) ? load(file) : Content.UNREAD;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // A parser of a format this old fails in every way there is.
            return Content.UNREAD;
        }
    }

    private Content load(byte[] file) throws IOException {
        try (PDDocument document =
                Loader.loadPDF(file, "", null, null, MemoryUsageSetting.setupMainMemoryOnly(MEMORY).streamCache)) {
            return look(document);
        }
    }

    private Content look(PDDocument document) throws IOException {
        List<String> links = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        boolean whole = document.getNumberOfPages() <= MOST_PAGES;
        int images = 0;
        for (int i = 0; i < Math.min(MOST_PAGES, document.getNumberOfPages()); i++) {
            PDPage page = document.getPage(i);
            links.addAll(linksOf(page, MOST_LINKS + 1 - links.size()));
            PDResources resources = page.getResources();
            if (resources == null) {
                continue;
            }
            for (COSName name : resources.getXObjectNames()) {
                if (resources.isImageXObject(name) && images++ < MOST_IMAGES) {
                    QrCodes.Content found = codesOf(resources.getXObject(name));
                    texts.addAll(found.texts());
                    whole &= found.whole();
                }
            }
        }
        boolean all = whole && images <= MOST_IMAGES && links.size() <= MOST_LINKS;
        return new Content(links.subList(0, Math.min(links.size(), MOST_LINKS)), texts, all);
    }

    private static List<String> linksOf(PDPage page, int most) throws IOException {
        List<String> links = new ArrayList<>();
        for (PDAnnotation annotation : page.getAnnotations()) {
            if (links.size() < most
                    && annotation instanceof PDAnnotationLink link
                    && link.getAction() instanceof PDActionURI action
                    && action.getURI() != null) {
                links.add(action.getURI());
            }
        }
        return links;
    }

    private QrCodes.Content codesOf(PDXObject object) throws IOException {
        return object instanceof PDImageXObject image
                        && isDecodable(image)
                        && isDecodable(image.getSoftMask())
                        && isDecodable(image.getMask())
                ? codes.in(image.getImage())
                : QrCodes.Content.UNSEARCHED;
    }

    /** A mask makes its image as large as itself, and a colour may be a program that is run for each pixel. */
    private static boolean isDecodable(@Nullable PDImageXObject image) throws IOException {
        if (image == null) {
            return true;
        }
        return !QrCodes.isTooLarge(image.getWidth(), image.getHeight())
                && hasPlainFilter(image)
                && (image.isStencil() || COLOURS.contains(image.getColorSpace().getName()));
    }

    /** One filter after another multiplies what each of them makes of a byte. */
    private static boolean hasPlainFilter(PDImageXObject image) throws IOException {
        List<COSName> filters = image.getStream().getFilters();
        if (filters.isEmpty()) {
            return true;
        }
        if (filters.size() > 1) {
            return false;
        }
        if (filters.getFirst().equals(COSName.DCT_DECODE)) {
            try (InputStream raw = image.getCOSObject().createRawInputStream()) {
                return QrCodes.hasFewScans(raw.readAllBytes());
            }
        }
        return filters.getFirst().equals(COSName.FLATE_DECODE);
    }
}
