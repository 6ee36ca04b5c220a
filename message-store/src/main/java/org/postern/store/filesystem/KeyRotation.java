package org.postern.store.filesystem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;
import org.postern.events.ContentHash;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.store.ObjectCorruptException;
import org.postern.store.StoreException;
import org.postern.store.StoreKey;
import org.postern.store.StoreUnavailableException;

/**
 * Wraps the data keys of all objects with the newest key of the installation, so that older ones can go. Bodies stay as
 * they are: a data key is never seen by anybody else. It may run while the store is used, may be stopped at any time, and
 * goes on where it was when it is run again.
 */
public final class KeyRotation {
    private static final String ENDING = ".key";

    /** Tenant, shard, file. */
    private static final int DEPTH = 3;

    private final Path root;
    private final StoreKey key;
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param root the folder of the store
     * @param key the installation's keys, the newest first
     */
    public KeyRotation(Path root, StoreKey key) {
        this.root = root;
        this.key = key;
    }

    /**
     * What became of the objects.
     *
     * @param wrapped how many were wrapped anew
     * @param current how many had the newest key already
     * @param unreadable how many cannot be unwrapped: their key is not in the key file, or they are damaged
     */
    public record Result(long wrapped, long current, long unreadable) {
        /** Whether the older keys are needed no more. */
        public boolean isComplete() {
            return unreadable == 0;
        }

        private Result plus(Result other) {
            return new Result(wrapped + other.wrapped, current + other.current, unreadable + other.unreadable);
        }
    }

    /**
     * Wraps what an older key wrapped.
     *
     * @throws StoreUnavailableException where the store cannot be read or written
     */
    public Result run() throws StoreException {
        Result all = new Result(0, 0, 0);
        if (!Files.isDirectory(root)) {
            return all;
        }
        // Folder by folder, and not by a walk, which fails on a file that is erased before it gets there.
        try (DirectoryStream<Path> tenants = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path tenant : tenants) {
                all = all.plus(shards(tenant));
            }
        } catch (StoreException e) {
            throw e;
        } catch (IOException | DirectoryIteratorException e) {
            throw new StoreUnavailableException("not all keys of the store can be read and written", e);
        }
        return all;
    }

    private Result shards(Path tenant) throws IOException {
        Result all = new Result(0, 0, 0);
        try (DirectoryStream<Path> shards = Files.newDirectoryStream(tenant, Files::isDirectory)) {
            for (Path shard : shards) {
                try (DirectoryStream<Path> keys = Files.newDirectoryStream(shard, "*" + ENDING)) {
                    for (Path path : keys) {
                        all = all.plus(wrapAnew(path, root.relativize(path)));
                    }
                }
            }
        }
        return all;
    }

    private Result wrapAnew(Path path, Path name) throws IOException {
        try {
            KeyFile old = json.readValue(Files.readAllBytes(path), KeyFile.class);
            if (old.keyId().equals(key.currentId())) {
                return new Result(0, 1, 0);
            }
            ObjectReference reference = reference(name, old);
            byte[] binding = KeyFile.binding(reference);
            byte[] dataKey = key.unwrap(old.keyId(), Base64.getDecoder().decode(old.wrapped()), binding);
            String wrapped = Base64.getEncoder().encodeToString(key.wrap(dataKey, binding));
            replace(
                    path,
                    reference.id(),
                    new KeyFile(old.format(), key.currentId(), wrapped, old.sha256(), old.size()));
            return new Result(1, 0, 0);
        } catch (NoSuchFileException e) {
            // Erased meanwhile.
            return new Result(0, 0, 0);
        } catch (ObjectCorruptException | JsonProcessingException | RuntimeException e) {
            return new Result(0, 0, 1);
        }
    }

    private static ObjectReference reference(Path name, KeyFile file) {
        String last = name.getName(DEPTH - 1).toString();
        return new ObjectReference(
                Tenant.of(name.getName(0).toString()),
                ObjectId.of(last.substring(0, last.length() - ENDING.length())),
                ContentHash.of(file.sha256()),
                file.size());
    }

    /** Beside its place, forced to the disk, and renamed. What is erased at the same time stays erased. */
    private void replace(Path path, ObjectId id, KeyFile file) throws IOException {
        Path written = path.resolveSibling(id + ".key.rotated");
        Files.deleteIfExists(written);
        try {
            try (FileChannel channel = FileChannel.open(
                    written,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                Channels.newOutputStream(channel)
                        .write(json.writeValueAsString(file).getBytes(StandardCharsets.UTF_8));
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
