package org.postern.scan.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.lingala.zip4j.ZipFile;
import net.lingala.zip4j.exception.ZipException;
import net.lingala.zip4j.model.FileHeader;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/** The encrypted entries of a ZIP, by the old cipher of PKWARE or by AES. */
final class EncryptedZip {
    private final Content content;
    private final Opened opened;

    EncryptedZip(Content content, Opened opened) {
        this.content = content;
        this.opened = opened;
    }

    void open(List<String> names) throws IOException {
        Set<String> closed = new HashSet<>(names);
        try (ZipFile zip = new ZipFile(content.file().toFile())) {
            List<FileHeader> headers = zip.getFileHeaders().stream()
                    .filter(header -> header.isEncrypted() && !header.isDirectory())
                    .toList();
            Optional<String> password = password(zip, headers);
            if (password.isEmpty()) {
                stay(closed);
                return;
            }
            zip.setPassword(password.get().toCharArray());
            opened.openedWithPassword();
            for (FileHeader header : headers) {
                try (InputStream bytes = zip.getInputStream(header)) {
                    opened.entry(Label.named(header.getFileName()), bytes, header.getCompressedSize());
                }
            }
        }
    }

    private void stay(Set<String> closed) throws IOException {
        for (String name : closed) {
            opened.unreadableEntry(name);
        }
        opened.staysEncrypted("ZIP, " + closed.size() + " entries");
    }

    /** The first password that opens the smallest entry to its end, where its checksum is. */
    private Optional<String> password(ZipFile zip, List<FileHeader> headers) throws IOException {
        Optional<FileHeader> smallest = headers.stream()
                .filter(header -> header.getUncompressedSize() > 0)
                .min(Comparator.comparingLong(FileHeader::getCompressedSize));
        if (smallest.isEmpty()
                || smallest.get().getUncompressedSize() > opened.limits().held()) {
            return Optional.empty();
        }
        for (String candidate : opened.passwords()) {
            zip.setPassword(candidate.toCharArray());
            if (opens(zip, smallest.get())) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private boolean opens(ZipFile zip, FileHeader header) throws IOException {
        try (InputStream bytes = zip.getInputStream(header)) {
            long left = header.getUncompressedSize() + 1;
            byte[] buffer = new byte[8192];
            for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
                left -= n;
                if (left < 0) {
                    return false;
                }
            }
            bytes.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (ZipException e) {
            return false;
        } catch (IOException | RuntimeException e) {
            // A wrong password that passes the check byte makes rubbish, which unpacks to anything.
            return false;
        }
    }
}
