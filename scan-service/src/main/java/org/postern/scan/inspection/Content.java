package org.postern.scan.inspection;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.postern.events.ContentHash;

/**
 * The bytes of one part, in a file of their own for as long as they are looked at: formats that have their table of
 * contents at their end cannot be read as a stream.
 */
public final class Content implements AutoCloseable {
    private final Path file;
    private final String mediaType;
    private final Label label;
    private final long size;
    private final ContentHash sha256;

    Content(Path file, String mediaType, Label label, long size, ContentHash sha256) {
        this.file = file;
        this.mediaType = mediaType;
        this.label = label;
        this.size = size;
        this.sha256 = sha256;
    }

    /** The file, gone once this is closed. Not to be changed. */
    public Path file() {
        return file;
    }

    /** What the bytes are. */
    public String mediaType() {
        return mediaType;
    }

    /** What they are said to be. */
    public Label label() {
        return label;
    }

    /** The first of its names. */
    public @Nullable String name() {
        return label.names().isEmpty() ? null : label.names().getFirst();
    }

    /** How many bytes there are. */
    public long size() {
        return size;
    }

    /** The hash of the bytes. */
    public ContentHash sha256() {
        return sha256;
    }

    /** Opens the bytes, from the first. */
    public InputStream open() throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 32 * 1024);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
