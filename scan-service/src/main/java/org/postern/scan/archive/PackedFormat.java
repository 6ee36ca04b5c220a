package org.postern.scan.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorInputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.jspecify.annotations.Nullable;
import org.postern.scan.inspection.Content;
import org.postern.scan.inspection.FormatReader;
import org.postern.scan.inspection.Label;
import org.postern.scan.inspection.Opened;

/** One file, packed: gzip, bzip2, xz, lzma, compress. */
public final class PackedFormat implements FormatReader {
    private static final int MEMORY_KIB = 64 * 1024;
    private static final Map<String, String> NAMES = Map.of(
            "application/gzip", CompressorStreamFactory.GZIP,
            "application/x-gzip", CompressorStreamFactory.GZIP,
            "application/x-bzip2", CompressorStreamFactory.BZIP2,
            "application/x-bzip", CompressorStreamFactory.BZIP2,
            "application/x-xz", CompressorStreamFactory.XZ,
            "application/x-lzma", CompressorStreamFactory.LZMA,
            "application/x-compress", CompressorStreamFactory.Z);

    // Concatenated members unpack as one, as every program does it.
    private final CompressorStreamFactory factory = new CompressorStreamFactory(true, MEMORY_KIB);

    @Override
    public boolean reads(String mediaType, Label label) {
        return NAMES.containsKey(mediaType);
    }

    @Override
    public void read(Content content, Opened opened) throws IOException {
        String name = NAMES.get(content.mediaType());
        try (InputStream bytes = content.open();
                CompressorInputStream unpacked = factory.createCompressorInputStream(name, bytes)) {
            opened.entry(Label.named(inner(content.name())), unpacked, content.size());
        } catch (CompressorException e) {
            if (e.getCause() instanceof MemoryLimitException) {
                opened.found("inspection-memory", "a dictionary of " + name);
                return;
            }
            throw new IOException("not packed as it says", e);
        } catch (MemoryLimitException e) {
            opened.found("inspection-memory", "a dictionary of " + name);
        }
    }

    /** The name of what is inside: the same without its last extension. */
    private static @Nullable String inner(@Nullable String name) {
        if (name == null) {
            return null;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        if (lower.endsWith(".tgz") || lower.endsWith(".tbz2") || lower.endsWith(".txz")) {
            return name.substring(0, dot) + ".tar";
        }
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
