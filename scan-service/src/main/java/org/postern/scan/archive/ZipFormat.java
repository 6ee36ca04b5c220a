package org.postern.scan.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/**
 * ZIP, and the formats that are one: OOXML, OpenDocument, Java and Android programs. Read by its central directory, as
 * programs on a desk do; what a streaming reader would see differently is told.
 */
public final class ZipFormat implements FormatReader {
    private static final Set<String> OTHERS = Set.of(
            "application/java-archive",
            "application/vnd.android.package-archive",
            "application/x-tika-ooxml",
            "application/epub+zip",
            "application/x-xpinstall",
            "application/vnd.ms-xpsdocument");

    @Override
    public boolean reads(String mediaType, Label label) {
        return mediaType.equals("application/zip")
                || OTHERS.contains(mediaType)
                || mediaType.startsWith("application/vnd.openxmlformats-officedocument.")
                || (mediaType.startsWith("application/vnd.oasis.opendocument.") && !mediaType.contains(".flat."))
                || mediaType.startsWith("application/vnd.sun.xml.");
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        int most = opened.limits().entries();
        ZipDirectory directory = ZipDirectory.of(content.file(), most);
        if (directory.entries() > most) {
            opened.found("too-many-entries", "more than " + most + " entries");
            return;
        }
        if (directory.disagrees()) {
            opened.found("ambiguous-archive", "its directory and its entries have different names");
        }
        try (ZipFile zip = ZipFile.builder().setPath(content.file()).get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            if (overlap(entries)) {
                opened.found("archive-bomb", "its entries overlap");
                return;
            }
            readEntries(zip, entries, content, opened);
        }
    }

    private static void readEntries(ZipFile zip, List<ZipArchiveEntry> entries, Content content, Opened opened)
            throws IOException {
        OfficePackage office = OfficePackage.of(entries);
        List<ZipArchiveEntry> closed = new ArrayList<>();
        for (ZipArchiveEntry entry : entries) {
            if (entry.isDirectory()) {
                continue;
            }
            if (entry.getGeneralPurposeBit().usesEncryption()) {
                closed.add(entry);
            } else if (!zip.canReadEntryData(entry)) {
                opened.unreadableEntry(entry.getName());
                opened.found("unsupported-format", "ZIP method " + entry.getMethod());
            } else {
                try (InputStream bytes = zip.getInputStream(entry)) {
                    if (office.isFilling(entry)) {
                        opened.filling(Label.named(entry.getName()), bytes, entry.getCompressedSize());
                    } else {
                        opened.entry(Label.named(entry.getName()), bytes, entry.getCompressedSize());
                    }
                }
            }
        }
        office.look(zip, opened);
        if (!closed.isEmpty()) {
            new EncryptedZip(content, opened)
                    .open(closed.stream().map(ZipArchiveEntry::getName).toList());
        }
    }

    /** Whether entries share bytes: a small file then unpacks to any size (Fifield, "A better zip bomb"). */
    private static boolean overlap(List<ZipArchiveEntry> entries) {
        List<ZipArchiveEntry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(ZipArchiveEntry::getLocalHeaderOffset));
        long end = -1;
        for (ZipArchiveEntry entry : sorted) {
            if (entry.getLocalHeaderOffset() < end) {
                return true;
            }
            end = Math.max(
                    entry.getLocalHeaderOffset(), entry.getDataOffset() + Math.max(0, entry.getCompressedSize()));
        }
        return false;
    }
}
