package org.postern.spam.weighing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The table that is good now. A file that changed is read again; one with a mistake is refused, and the table before it stays
 * in force until the mistake is gone.
 */
public final class LiveWeights implements Supplier<WeightTable> {
    private static final int LARGEST = 256 * 1024;

    private final @Nullable Path file;
    private final Consumer<String> complaint;
    private volatile WeightTable table;
    private volatile @Nullable String mistake;
    private byte @Nullable [] seen;

    /**
     * Begins with the file where there is one.
     *
     * @param file null for the bundled table, which never changes
     * @param complaint is told of each mistake once, as long as the file stays the same
     * @throws BadTableException where the file has a mistake at the start: there is no older table to fall back to
     */
    public LiveWeights(@Nullable Path file, Consumer<String> complaint) throws IOException, BadTableException {
        this.file = file;
        this.complaint = complaint;
        this.seen = file == null ? null : read(file);
        this.table = seen == null ? WeightFile.bundled() : WeightFile.read(seen);
    }

    @Override
    public WeightTable get() {
        return table;
    }

    /** What is wrong with the file as it is now; null where nothing is. */
    public @Nullable String mistake() {
        return mistake;
    }

    /** Looks at the file once more. */
    public synchronized void refresh() {
        Path from = file;
        if (from == null) {
            return;
        }
        try {
            byte[] now = read(from);
            if (Arrays.equals(now, seen)) {
                return;
            }
            seen = now;
            table = WeightFile.read(now);
            mistake = null;
        } catch (BadTableException e) {
            complain(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (mistake == null) {
                complain("the file cannot be read");
            }
            seen = null;
        }
    }

    private void complain(String what) {
        mistake = what;
        complaint.accept(what);
    }

    private static byte[] read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        }
    }
}
