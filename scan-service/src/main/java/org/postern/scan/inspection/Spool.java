package org.postern.scan.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder where contents lie while they are looked at. It belongs on a memory file system: what lies there is mail. */
public final class Spool {
    private static final FileAttribute<Set<PosixFilePermission>> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String PREFIX = "part-";

    private final Path folder;

    /**
     * Takes a folder, and empties it of what a killed service left there.
     *
     * @param folder of this instance alone; made where it is missing
     */
    public static Spool in(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var left = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
        return new Spool(folder);
    }

    private Spool(Path folder) {
        this.folder = folder;
    }

    /** Lays bytes down. An exception of their stream is passed on unchanged, and nothing is left. */
    Path lay(byte[] head, InputStream rest) throws IOException {
        Path file = newFile();
        boolean whole = false;
        try (OutputStream out = open(file)) {
            write(out, head, head.length);
            byte[] buffer = new byte[32 * 1024];
            for (int n = rest.read(buffer); n >= 0; n = rest.read(buffer)) {
                write(out, buffer, n);
            }
            whole = true;
            return file;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** A new empty file, that the caller deletes. */
    public Path newFile() throws IOException {
        try {
            return Files.createTempFile(folder, PREFIX, null, OWN);
        } catch (IOException e) {
            throw new SpoolException(e);
        }
    }

    private static OutputStream open(Path file) throws SpoolException {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw new SpoolException(e);
        }
    }

    private static void write(OutputStream out, byte[] bytes, int length) throws SpoolException {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new SpoolException(e);
        }
    }
}
