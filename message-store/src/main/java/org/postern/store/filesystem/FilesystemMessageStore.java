package org.postern.store.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;
import org.postern.store.MeasuredInputStream;
import org.postern.store.MessageStore;
import org.postern.store.ObjectMissingException;
import org.postern.store.StoreException;
import org.postern.store.StoreInventory;
import org.postern.store.StoreKey;
import org.postern.store.StoreUnavailableException;
import org.postern.store.StoredObject;
import org.postern.store.VerifiedInputStream;
import org.postern.store.sealing.ObjectSealing;
import org.postern.store.sealing.SealedBody;

/**
 * Objects as two files each, {@code <root>/<tenant>/<first two digits>/<id>.body} and {@code .key}. An object is there
 * exactly when its key file is: that is written last and removed first. Both are written beside their place, forced to
 * the disk, and renamed.
 */
public final class FilesystemMessageStore implements MessageStore, StoreInventory {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<?> FOLDER_OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path root;
    private final ObjectSealing sealing;

    /**
     * @param root the folder of the store, made where it is missing
     * @param key the installation's key
     */
    public FilesystemMessageStore(Path root, StoreKey key) {
        this.root = root;
        this.sealing = new ObjectSealing(key);
    }

    @Override
    public ObjectReference put(Tenant tenant, InputStream body, long limit) throws IOException {
        ObjectFiles files = ObjectFiles.of(root, tenant, ObjectId.random());
        MeasuredInputStream measured = new MeasuredInputStream(body, limit);
        byte[] dataKey = ObjectSealing.newDataKey();
        boolean kept = false;
        try {
            prepareFolder(files.folder());
            writeBody(files, measured, dataKey);
            ObjectReference reference = new ObjectReference(tenant, files.id(), measured.hash(), measured.count());
            writeKey(files, reference, dataKey);
            kept = true;
            return reference;
        } finally {
            if (!kept) {
                files.deleteQuietly();
            }
        }
    }

    @Override
    public InputStream open(ObjectReference reference) throws StoreException {
        ObjectFiles files = ObjectFiles.of(root, reference.tenant(), reference.id());
        byte[] dataKey = readKey(files, reference);
        try {
            InputStream cipherText = Files.newInputStream(files.body());
            return new VerifiedInputStream(ObjectSealing.decrypting(cipherText, dataKey, files.id()), reference);
        } catch (StoreException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new ObjectMissingException("object " + reference.id() + " has no bytes", e);
        } catch (IOException e) {
            throw new StoreUnavailableException("object " + reference.id() + " cannot be opened", e);
        }
    }

    @Override
    public boolean erase(Tenant tenant, ObjectId id) throws StoreException {
        ObjectFiles files = ObjectFiles.of(root, tenant, id);
        try {
            boolean was = Files.deleteIfExists(files.key());
            if (was) {
                force(files.folder());
            }
            boolean bytes = Files.deleteIfExists(files.body());
            // A rotation of keys may have put it back meanwhile, or was killed over it.
            Files.deleteIfExists(files.key());
            Files.deleteIfExists(files.keyBeingRotated());
            return bytes || was;
        } catch (IOException e) {
            throw new StoreUnavailableException("object " + id + " cannot be erased", e);
        }
    }

    private void writeBody(ObjectFiles files, MeasuredInputStream body, byte[] dataKey) throws IOException {
        try (FileChannel file = createPrivately(files.bodyBeingWritten())) {
            SealedBody.write(body, Channels.newOutputStream(file), dataKey, files.id());
        }
        try {
            // The cipher's stream writes its last segment as it closes the file: forced through a new channel.
            force(files.bodyBeingWritten());
            Files.move(files.bodyBeingWritten(), files.body(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(files.id(), e);
        }
    }

    private void writeKey(ObjectFiles files, ObjectReference reference, byte[] dataKey) throws StoreException {
        byte[] text = sealing.keyDocument(dataKey, reference);
        try {
            try (FileChannel file = createPrivately(files.keyBeingWritten())) {
                Channels.newOutputStream(file).write(text);
                file.force(true);
            }
            Files.move(files.keyBeingWritten(), files.key(), StandardCopyOption.ATOMIC_MOVE);
            force(files.folder());
        } catch (IOException e) {
            throw unwritable(files.id(), e);
        }
    }

    private byte[] readKey(ObjectFiles files, ObjectReference reference) throws StoreException {
        try {
            return sealing.dataKey(Files.readAllBytes(files.key()), reference);
        } catch (NoSuchFileException e) {
            throw new ObjectMissingException("there is no object " + reference.id(), e);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreUnavailableException("object " + reference.id() + " cannot be opened", e);
        }
    }

    @Override
    public void visit(Instant before, Visitor visitor) throws IOException {
        StoreFolders.visit(root, StoreFolders.KEY, file -> {
            if (file.writtenAt().isBefore(before)) {
                visitor.found(new StoredObject(file.tenant(), file.id(), file.writtenAt()));
            }
        });
    }

    @Override
    public long eraseRemains(Instant before) throws StoreException {
        AtomicLong erased = new AtomicLong();
        try {
            StoreFolders.visit(root, StoreFolders.ANY_BUT_KEY, file -> {
                boolean isBody = file.path().toString().endsWith(".body");
                Path key = ObjectFiles.of(root, file.tenant(), file.id()).key();
                // A body is renamed to its place a moment before its key is; that moment is not as long ago as this.
                if (file.writtenAt().isBefore(before)
                        && !(isBody && Files.exists(key))
                        && Files.deleteIfExists(file.path())) {
                    erased.incrementAndGet();
                }
            });
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreUnavailableException("what writes left behind cannot be erased", e);
        }
        return erased.get();
    }

    private void prepareFolder(Path folder) throws StoreException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, FOLDER_OWNER_ONLY);
                for (Path made = folder; !made.equals(root); made = parentOf(made)) {
                    force(parentOf(made));
                }
            }
        } catch (IOException e) {
            throw new StoreUnavailableException("a folder of the store cannot be made", e);
        }
    }

    private Path parentOf(Path path) {
        Path parent = path.getParent();
        return parent == null ? root : parent;
    }

    private static FileChannel createPrivately(Path path) throws StoreException {
        try {
            return FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (IOException e) {
            throw new StoreUnavailableException("a file of the store cannot be made", e);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static StoreUnavailableException unwritable(ObjectId id, Exception cause) {
        return new StoreUnavailableException("object " + id + " cannot be written", cause);
    }
}
