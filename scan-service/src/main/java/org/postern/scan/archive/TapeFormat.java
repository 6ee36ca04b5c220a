package org.postern.scan.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ArchiveStreamFactory;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/** Archives that are read from their first byte to their last: tar, cpio, ar (and Debian packages), arj. */
public final class TapeFormat implements FormatReader {
    private static final Map<String, String> NAMES = Map.of(
            "application/x-tar", ArchiveStreamFactory.TAR,
            "application/x-gtar", ArchiveStreamFactory.TAR,
            "application/x-cpio", ArchiveStreamFactory.CPIO,
            "application/x-archive", ArchiveStreamFactory.AR,
            "application/x-debian-package", ArchiveStreamFactory.AR,
            "application/x-unix-archive", ArchiveStreamFactory.AR,
            "application/x-arj", ArchiveStreamFactory.ARJ);

    @Override
    public boolean reads(String mediaType, Label label) {
        return NAMES.containsKey(mediaType);
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        String name = NAMES.get(content.mediaType());
        try (InputStream bytes = content.open();
                ArchiveInputStream<? extends ArchiveEntry> archive =
                        new ArchiveStreamFactory().createArchiveInputStream(name, bytes)) {
            for (ArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (entry.isDirectory()) {
                    opened.step();
                } else if (archive.canReadEntryData(entry)) {
                    opened.entry(Label.named(entry.getName()), archive, Opened.UNKNOWN);
                } else {
                    opened.unreadableEntry(entry.getName());
                    opened.found("unsupported-format", "an entry of " + name);
                }
            }
        } catch (ArchiveException e) {
            throw new IOException("not an archive of its kind", e);
        }
    }
}
