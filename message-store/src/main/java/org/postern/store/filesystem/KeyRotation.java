package org.postern.store.filesystem;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.postern.events.ObjectId;
import org.postern.store.ObjectCorruptException;
import org.postern.store.RotationResult;
import org.postern.store.StoreException;
import org.postern.store.StoreKey;
import org.postern.store.StoreUnavailableException;
import org.postern.store.sealing.ObjectSealing;

/**
 * Wraps the data keys of all objects with the newest key of the installation, so that older ones can go. Bodies stay as
 * they are: a data key is never seen by anybody else. It may run while the store is used, may be stopped at any time, and
 * goes on where it was when it is run again.
 */
public final class KeyRotation {
    private final Path root;
    private final ObjectSealing sealing;

    /**
     * @param root the folder of the store
     * @param key the installation's keys, the newest first
     */
    public KeyRotation(Path root, StoreKey key) {
        this.root = root;
        this.sealing = new ObjectSealing(key);
    }

    /**
     * Wraps what an older key wrapped.
     *
     * @throws StoreUnavailableException where the store cannot be read or written
     */
    public RotationResult run() throws StoreException {
        RotationResult[] all = {RotationResult.NONE};
        try {
            StoreFolders.visit(root, StoreFolders.KEY, file -> all[0] = all[0].plus(wrapAnew(file)));
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreUnavailableException("not all keys of the store can be read and written", e);
        }
        return all[0];
    }

    private RotationResult wrapAnew(StoreFolders.Found file) throws IOException {
        try {
            Optional<byte[]> wrapped = sealing.wrappedAnew(Files.readAllBytes(file.path()), file.tenant(), file.id());
            if (wrapped.isEmpty()) {
                return RotationResult.CURRENT;
            }
            replace(file.path(), file.id(), wrapped.get());
            return RotationResult.WRAPPED;
        } catch (NoSuchFileException e) {
            // Erased meanwhile.
            return RotationResult.NONE;
        } catch (ObjectCorruptException e) {
            return RotationResult.UNREADABLE;
        }
    }

    /** Beside its place, forced to the disk, and renamed. What is erased at the same time stays erased. */
    private void replace(Path path, ObjectId id, byte[] document) throws IOException {
        Path written = path.resolveSibling(id + ".key.rotated");
        Files.deleteIfExists(written);
        try {
            try (FileChannel channel = FileChannel.open(
                    written,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                Channels.newOutputStream(channel).write(document);
                channel.force(true);
            }
            if (!Files.exists(path)) {
                throw new NoSuchFileException("erased meanwhile");
            }
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
            // Who erases takes the key, the body, and the key once more: one of the two of us sees what the other did.
            if (!Files.exists(path.resolveSibling(id + ".body"))) {
                Files.deleteIfExists(path);
            }
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
