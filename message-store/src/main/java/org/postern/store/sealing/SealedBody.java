package org.postern.store.sealing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.postern.events.ObjectId;
import org.postern.store.StoreException;
import org.postern.store.StoreUnavailableException;

/**
 * The bytes of an object on their way into a file. Reading and writing fail for different reasons, which the caller must be
 * able to tell apart: what reading throws goes on as it is, a failed write is a {@link StoreUnavailableException}.
 */
public final class SealedBody {
    private SealedBody() {}

    /**
     * Encrypts a body to its end.
     *
     * @param file where it is written to; closed when this returns, and to be closed by the caller where this throws
     * @throws StoreException where the file cannot be written
     * @throws IOException where the body cannot be read
     */
    public static void write(InputStream body, OutputStream file, byte[] dataKey, ObjectId id) throws IOException {
        OutputStream cipherText = encrypting(file, dataKey, id);
        byte[] buffer = new byte[ObjectSealing.SEGMENT_BYTES];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            write(cipherText, buffer, n, id);
        }
        finish(cipherText, id);
    }

    private static OutputStream encrypting(OutputStream file, byte[] dataKey, ObjectId id) throws StoreException {
        try {
            return ObjectSealing.encrypting(file, dataKey, id);
        } catch (IOException e) {
            throw unwritable(id, e);
        }
    }

    private static void write(OutputStream out, byte[] bytes, int length, ObjectId id) throws StoreException {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw unwritable(id, e);
        }
    }

    private static void finish(OutputStream cipherText, ObjectId id) throws StoreException {
        try {
            cipherText.close();
        } catch (IOException e) {
            throw unwritable(id, e);
        }
    }

    private static StoreUnavailableException unwritable(ObjectId id, IOException cause) {
        return new StoreUnavailableException("object " + id + " cannot be written", cause);
    }
}
