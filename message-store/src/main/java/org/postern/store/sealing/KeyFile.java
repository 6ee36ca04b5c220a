package org.postern.store.sealing;

import java.nio.charset.StandardCharsets;
import org.postern.events.ObjectReference;

/**
 * What lies beside the bytes of an object: without it they mean nothing.
 *
 * @param format of this file and of the bytes; 1
 * @param keyId the key that wrapped the data key
 * @param wrapped the wrapped data key in base64
 * @param sha256 of the plain bytes
 * @param size of the plain bytes
 */
record KeyFile(int format, String keyId, String wrapped, String sha256, long size) {
    static final int FORMAT = 1;

    /** What a wrapped data key is bound to, so that no key file passes for another object's. */
    static byte[] binding(ObjectReference reference) {
        return (reference.tenant() + "/" + reference.id() + "/" + reference.sha256() + "/" + reference.size())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
