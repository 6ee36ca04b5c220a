package org.postern.message.siem;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Lines into a file, which may be moved away at any time (it is looked for by its name for each batch), or to the standard
 * output.
 */
public final class StreamSink implements LineSink {
    @FunctionalInterface
    private interface Opening {
        OutputStream open() throws IOException;
    }

    private final Opening opening;

    private StreamSink(Opening opening) {
        this.opening = opening;
    }

    /** Appends to a file; what was written is on the disk when a batch is done. */
    public static StreamSink toFile(Path file) {
        return new StreamSink(() -> {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    out.write(b);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                    try (channel) {
                        out.flush();
                        channel.force(false);
                    }
                }
            };
        });
    }

    /** To a stream that stays open, such as the standard output. */
    public static StreamSink to(OutputStream stream) {
        return new StreamSink(() -> new BufferedOutputStream(stream) {
            @Override
            public void close() throws IOException {
                flush();
            }
        });
    }

    @Override
    public void write(List<Line> lines) throws IOException {
        try (OutputStream out = opening.open()) {
            for (Line line : lines) {
                out.write(line.text().getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        }
    }

    @Override
    public void close() {
        // Nothing is open between two batches.
    }
}
