package org.postern.scan.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.jspecify.annotations.Nullable;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/** 7z, with its header or its contents encrypted by AES. */
public final class SevenZipFormat implements FormatReader {
    private static final int MEMORY_KIB = 64 * 1024;

    @Override
    public boolean reads(String mediaType, Label label) {
        return mediaType.equals("application/x-7z-compressed");
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        try (SevenZFile archive = open(content, null)) {
            if (!tooMany(archive, opened)) {
                readAll(archive, content, opened);
            }
        } catch (PasswordRequiredException e) {
            if (SevenZipKeys.takeLittle(content.file())) {
                readEncrypted(content, opened, List.of());
            } else {
                opened.staysEncrypted("7z, its names too, by a key that takes too long");
            }
        } catch (MemoryLimitException e) {
            opened.found("inspection-memory", "a 7z with a large dictionary");
        }
    }

    private static boolean tooMany(SevenZFile archive, Opened opened) {
        long count =
                StreamSupport.stream(archive.getEntries().spliterator(), false).count();
        if (count > opened.limits().entries()) {
            opened.found("too-many-entries", "more than " + opened.limits().entries() + " entries");
            return true;
        }
        return false;
    }

    private static void readAll(SevenZFile archive, Content content, Opened opened) throws IOException {
        List<String> names = new ArrayList<>();
        for (SevenZArchiveEntry entry : archive.getEntries()) {
            names.add(String.valueOf(entry.getName()));
        }
        try {
            entries(archive, content, opened);
        } catch (PasswordRequiredException e) {
            readEncrypted(content, opened, names);
        }
    }

    private static void entries(SevenZFile archive, Content content, Opened opened) throws IOException {
        for (SevenZArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            if (!entry.isDirectory() && entry.hasStream()) {
                InputStream bytes = archive.getInputStream(entry);
                // Solid archives do not say what an entry takes; together they are as large as the archive.
                opened.entry(Label.named(entry.getName()), bytes, content.size());
            }
        }
    }

    private static void readEncrypted(Content content, Opened opened, List<String> names) throws IOException {
        Optional<String> password = password(content, opened);
        if (password.isEmpty()) {
            for (String name : names) {
                opened.unreadableEntry(name);
            }
            opened.staysEncrypted(names.isEmpty() ? "7z, its names too" : "7z, " + names.size() + " entries");
            return;
        }
        opened.openedWithPassword();
        try (SevenZFile archive = open(content, password.get().toCharArray())) {
            entries(archive, content, opened);
        }
    }

    private static Optional<String> password(Content content, Opened opened) throws IOException {
        for (String candidate : opened.passwords()) {
            opened.tick();
            if (opens(content, candidate, opened)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Whether a password opens the first entry to its end, where its checksum is. */
    private static boolean opens(Content content, String password, Opened opened) {
        try (SevenZFile archive = open(content, password.toCharArray())) {
            if (!SevenZipKeys.takeLittle(archive)) {
                return false;
            }
            for (SevenZArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (entry.isDirectory() || !entry.hasStream()) {
                    continue;
                }
                if (entry.getSize() > opened.limits().unpacked()) {
                    return false;
                }
                archive.getInputStream(entry).transferTo(OutputStream.nullOutputStream());
                return true;
            }
            return false;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static SevenZFile open(Content content, char @Nullable [] password) throws IOException {
        SevenZFile.Builder builder =
                SevenZFile.builder().setPath(content.file()).setMaxMemoryLimitKiB(MEMORY_KIB);
        if (password != null) {
            builder.setPassword(password);
        }
        return builder.get();
    }
}
