package org.postern.store;

import java.io.IOException;
import java.io.InputStream;
import org.postern.events.ObjectId;
import org.postern.events.ObjectReference;
import org.postern.events.Tenant;

/**
 * Where bodies lie. An object has a random name and a data key of its own, which is stored wrapped by the installation's
 * key: erasing the key erases the object, wherever copies of its bytes may be. Bodies are streamed both ways and never
 * held in memory.
 *
 * <p>All methods block and are safe for use by many threads.
 */
public interface MessageStore {
    /**
     * Stores a body. When this returns the object is durable; when it throws, nothing of it remains.
     *
     * @param tenant whose object it is
     * @param body the plain bytes, read to the end and not closed
     * @param limit the most bytes taken
     * @return the name, hash and size under which it is found again
     * @throws BodyTooLargeException where the body has more than {@code limit} bytes
     * @throws StoreUnavailableException where the store cannot be written
     * @throws IOException where the body itself cannot be read: the exception of its stream, unchanged
     */
    ObjectReference put(Tenant tenant, InputStream body, long limit) throws IOException;

    /**
     * Opens an object for reading. The stream gives the plain bytes and throws {@link ObjectCorruptException} instead of
     * ending where size or hash are not those of the reference: a reader that did not reach the end has verified nothing.
     *
     * @throws ObjectMissingException where there is no such object, or it was erased
     * @throws ObjectCorruptException where what is stored is not that object
     * @throws StoreUnavailableException where the store cannot be read
     */
    InputStream open(ObjectReference reference) throws StoreException;

    /**
     * Erases an object: first its key, then its bytes.
     *
     * @return whether there was one
     * @throws StoreUnavailableException where the store cannot be written
     */
    boolean erase(Tenant tenant, ObjectId id) throws StoreException;
}
