package org.postern.scan.pdf;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/** PDF (ISO 32000): what it runs, what it starts, what is in it. One with restrictions but no password to open it is open. */
public final class PdfFormat implements FormatReader {
    private static final long HELD = 8L * 1024 * 1024;
    private static final int OBJECTS = 200_000;
    private static final COSName EMBEDDED_FILE = COSName.getPDFName("EmbeddedFile");
    private static final COSName JAVA_SCRIPT = COSName.getPDFName("JavaScript");
    private static final COSName LAUNCH = COSName.getPDFName("Launch");
    private static final COSName RICH_MEDIA = COSName.getPDFName("RichMedia");

    @Override
    public boolean reads(String mediaType, Label label) {
        return mediaType.equals("application/pdf");
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        if (PackedObjects.areTooLarge(content.file(), opened.limits().held(), opened)) {
            opened.found("inspection-memory", "a PDF whose objects unpack to more than can be held");
            return;
        }
        Optional<PDDocument> document = open(content, opened);
        if (document.isEmpty()) {
            opened.staysEncrypted("a PDF");
            return;
        }
        try (PDDocument pdf = document.get()) {
            objects(pdf, opened);
        }
    }

    private static Optional<PDDocument> open(Content content, Opened opened) throws IOException {
        try {
            return Optional.of(load(content.file().toFile(), ""));
        } catch (InvalidPasswordException e) {
            for (String candidate : opened.passwords()) {
                try {
                    PDDocument pdf = load(content.file().toFile(), candidate);
                    opened.openedWithPassword();
                    return Optional.of(pdf);
                } catch (InvalidPasswordException wrong) {
                    // The next one, then.
                }
            }
            return Optional.empty();
        }
    }

    private static PDDocument load(File file, String password) throws IOException {
        return Loader.loadPDF(file, password, null, null, MemoryUsageSetting.setupMixed(HELD).streamCache);
    }

    /** Every object of the file, and not only those that can be reached: readers repair, and then find them. */
    private static void objects(PDDocument pdf, Opened opened) throws IOException {
        List<COSObjectKey> keys = List.copyOf(pdf.getDocument().getXrefTable().keySet());
        if (keys.size() > OBJECTS) {
            opened.found("too-many-entries", "more than " + OBJECTS + " objects of a PDF");
            return;
        }
        Set<COSBase> seen = new HashSet<>();
        look(pdf.getDocument().getTrailer(), opened, seen, 0);
        for (COSObjectKey key : keys) {
            COSObject object = pdf.getDocument().getObjectFromPool(key);
            opened.tick();
            COSBase base = object == null ? null : object.getObject();
            look(base, opened, seen, 0);
        }
    }

    private static void look(@Nullable COSBase base, Opened opened, Set<COSBase> seen, int depth) throws IOException {
        if (base == null || depth > 30 || base instanceof COSObject || !isContainer(base) || !seen.add(base)) {
            return;
        }
        if (base instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                look(array.get(i), opened, seen, depth + 1);
            }
        } else if (base instanceof COSDictionary dictionary) {
            dictionary(dictionary, opened);
            for (COSBase value : dictionary.getValues()) {
                look(value, opened, seen, depth + 1);
            }
        }
    }

    private static boolean isContainer(COSBase base) {
        return base instanceof COSArray || base instanceof COSDictionary;
    }

    private static void dictionary(COSDictionary dictionary, Opened opened) throws IOException {
        COSName action = dictionary.getCOSName(COSName.S);
        if (JAVA_SCRIPT.equals(action) || dictionary.containsKey(COSName.JS)) {
            opened.found("pdf-javascript", null);
        }
        if (LAUNCH.equals(action)) {
            opened.found("pdf-launch", null);
        }
        if (RICH_MEDIA.equals(dictionary.getCOSName(COSName.SUBTYPE))) {
            opened.found("pdf-rich-media", null);
        }
        if (COSName.FILESPEC.equals(dictionary.getCOSName(COSName.TYPE)) || dictionary.containsKey(COSName.EF)) {
            file(dictionary, opened);
        } else if (EMBEDDED_FILE.equals(dictionary.getCOSName(COSName.TYPE))) {
            opened.found("pdf-embedded-file", null);
        }
    }

    private static void file(COSDictionary specification, Opened opened) throws IOException {
        COSDictionary files = specification.getCOSDictionary(COSName.EF);
        if (files == null) {
            return;
        }
        opened.found("pdf-embedded-file", null);
        String name = specification.getString(COSName.UF);
        if (name == null) {
            name = specification.getString(COSName.F);
        }
        Set<COSBase> done = new HashSet<>();
        for (COSBase value : files.getValues()) {
            COSBase file = value instanceof COSObject object ? object.getObject() : value;
            if (file instanceof COSStream stream && done.add(stream)) {
                embedded(stream, name, opened);
            }
        }
    }

    /** Unpacked as it is read: the library would unpack all of it into memory first. */
    private static void embedded(COSStream stream, @Nullable String name, Opened opened) throws IOException {
        COSBase filters = stream.getFilters();
        if (filters instanceof COSArray chain && chain.size() <= 1) {
            filters = chain.size() == 0 ? null : chain.getObject(0);
        }
        boolean deflated = COSName.FLATE_DECODE.equals(filters) || COSName.FLATE_DECODE_ABBREVIATION.equals(filters);
        if ((filters != null && !deflated) || (deflated && isPredicted(stream))) {
            opened.unreadableEntry(String.valueOf(name));
            opened.found("inspection-memory", "a file in a PDF that is packed in an unusual way");
            return;
        }
        try (InputStream raw = stream.createRawInputStream();
                InputStream bytes = deflated ? new InflaterInputStream(raw) : raw) {
            opened.entry(Label.named(name), bytes, stream.getLength());
        }
    }

    private static boolean isPredicted(COSStream stream) {
        COSBase parameters = stream.getDictionaryObject(COSName.DECODE_PARMS, COSName.DP);
        COSBase first = parameters instanceof COSArray all && all.size() > 0 ? all.getObject(0) : parameters;
        return first instanceof COSDictionary dictionary && dictionary.getInt(COSName.PREDICTOR, 1) > 1;
    }
}
