package org.postern.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.postern.events.ObjectId;
import org.postern.store.StoreException;
import org.postern.store.StoreUnavailableException;
import org.postern.store.sealing.SealedBody;

/**
 * A body as a file of the machine, encrypted, to be sent from there with its length known. It is gone when this is closed;
 * what a crash leaves of it has no key any more.
 */
record ScratchFile(Path path, ObjectId id) implements AutoCloseable {
    static ScratchFile in(Path folder, ObjectId id) throws StoreException {
        try {
            return new ScratchFile(
                    Files.createTempFile(
                            folder,
                            id.value(),
                            ".body",
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                    id);
        } catch (IOException e) {
            throw unwritable(id, e);
        }
    }

    /** @throws IOException where the body cannot be read; a {@link StoreException} where the file cannot be written */
    void encrypt(InputStream body, byte[] dataKey) throws IOException {
        try (FileChannel file = opened()) {
            SealedBody.write(body, Channels.newOutputStream(file), dataKey, id);
        }
    }

    private FileChannel opened() throws StoreException {
        try {
            return FileChannel.open(path, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unwritable(id, e);
        }
    }

    private static StoreUnavailableException unwritable(ObjectId id, IOException cause) {
        return new StoreUnavailableException("object " + id + " cannot be written", cause);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
